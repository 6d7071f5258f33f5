-- KEYS: the organisation's newest, head, waiting, due.  ARGV: id, member, merchant, started, seconds, items…
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
redis.call('HSET', KEYS[2], 'merchant_id', ARGV[3], 'started_at', ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[5])
for i = 6, #ARGV do redis.call('RPUSH', KEYS[3], ARGV[i]) end
redis.call('EXPIRE', KEYS[3], ARGV[5])
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[5])
redis.call('ZADD', KEYS[4], redis.call('TIME')[1], ARGV[2])
return 1
