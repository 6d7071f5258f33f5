-- Use up a time step of the app's codes, once, for the factor as it was set up then.
-- KEYS: second factor.  ARGV: step, when the factor was set up.  Answers 1, or 0 if used or replaced.
local now = redis.call('HMGET', KEYS[1], 'since', 'last_step')
if now[1] ~= ARGV[2] or tonumber(ARGV[1]) <= tonumber(now[2]) then return 0 end
redis.call('HSET', KEYS[1], 'last_step', ARGV[1])
return 1
