local now = redis.call('HMGET', KEYS[1], 'since', 'last_step')
if now[1] ~= ARGV[2] or tonumber(ARGV[1]) <= tonumber(now[2]) then return 0 end
redis.call('HSET', KEYS[1], 'last_step', ARGV[1])
return 1
