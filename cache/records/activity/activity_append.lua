-- Append an entry, if the last one is still the one it is chained to.
-- KEYS: activity.  ARGV: last entry ('' = none), entry.  Answers 1, or 0 if another came first.
local last = redis.call('LINDEX', KEYS[1], -1)
if (last or '') ~= ARGV[1] then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
return 1
