-- Make a member due in so many seconds.
-- KEYS: due.  ARGV: member, seconds, 'sooner' (never later than it already is) or ''
local t = redis.call('TIME')
local at = t[1] + t[2] / 1000000 + tonumber(ARGV[2])
if ARGV[3] == 'sooner' then
  redis.call('ZADD', KEYS[1], 'LT', at, ARGV[1])
else
  redis.call('ZADD', KEYS[1], at, ARGV[1])
end
return 1
