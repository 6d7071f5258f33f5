if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local last = redis.call('GET', KEYS[2])
if last and redis.call('EXISTS', last) == 1 then redis.call('HSET', last, 'state', 'used') end
redis.call('HSET', KEYS[1], 'subject', ARGV[1], 'state', 'open', 'ends_at', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], KEYS[1], 'EX', ARGV[3])
return 1
