local last = redis.call('LINDEX', KEYS[1], -1)
if (last or '') ~= ARGV[1] then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
return 1
