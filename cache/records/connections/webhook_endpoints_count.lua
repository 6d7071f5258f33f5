-- Count a delivery in its minute.
-- KEYS: count of the minute.  Answers the count.
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], 60) end
return n
