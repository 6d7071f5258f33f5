-- Set the state of a connection that exists.
-- KEYS: connection.  ARGV: state, why.  Answers 1, or 0 without a connection.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[1], 'why', ARGV[2])
return 1
