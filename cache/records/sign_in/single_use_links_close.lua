local last = redis.call('GET', KEYS[1])
if last and redis.call('EXISTS', last) == 1 then redis.call('HSET', last, 'state', 'used') end
return 1
