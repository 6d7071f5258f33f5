-- Use an open link up.
-- KEYS: link.  Answers 1 for one caller, else 0.
local fields = redis.call('HMGET', KEYS[1], 'state', 'ends_at')
if fields[1] ~= 'open' or tonumber(fields[2]) <= tonumber(redis.call('TIME')[1]) then return 0 end
redis.call('HSET', KEYS[1], 'state', 'used')
return 1
