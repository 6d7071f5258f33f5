-- Whether a call may be made: closed, or the one probe of a breaker that was open.
-- KEYS: failures, open, tripped, probe.  ARGV: seconds of a probe.  Answers 1 or 0.
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
if redis.call('EXISTS', KEYS[3]) == 0 then return 1 end
if redis.call('SET', KEYS[4], '1', 'NX', 'EX', ARGV[1]) then return 1 end
return 0
