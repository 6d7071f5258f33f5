-- Count a failure; open the breaker at the limit, and again after a failed probe.
-- KEYS: failures, open, tripped, probe.  ARGV: limit, seconds of the window, seconds it stays open.
-- Answers 1 when it opens.
local failures = redis.call('INCR', KEYS[1])
if failures == 1 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
if failures >= tonumber(ARGV[1]) then
  redis.call('SET', KEYS[2], '1', 'EX', ARGV[3])
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[3], '1', 'EX', 3600)
  return 1
end
if redis.call('EXISTS', KEYS[3]) == 1 then redis.call('SET', KEYS[2], '1', 'EX', ARGV[3]) end
return 0
