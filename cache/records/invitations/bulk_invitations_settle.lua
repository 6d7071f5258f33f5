-- KEYS: waiting, outcomes, counts.  ARGV: item, outcome, seconds, items that come instead…
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
local before = redis.call('HGET', KEYS[2], ARGV[1])
if before then redis.call('HINCRBY', KEYS[3], before, -1) end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[3], ARGV[2], 1)
for i = 2, 3 do redis.call('EXPIRE', KEYS[i], ARGV[3]) end
for i = 4, #ARGV do
  if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 0 then redis.call('RPUSH', KEYS[1], ARGV[i]) end
end
return 1
