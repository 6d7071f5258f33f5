-- Members that are due; each becomes due again after the lease unless somebody sets it otherwise.
-- KEYS: due.  ARGV: most, seconds of the lease.  Answers the members, earliest first.
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
for _, member in ipairs(found) do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), member) end
return found
