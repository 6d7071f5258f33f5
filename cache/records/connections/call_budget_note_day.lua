-- KEYS: day.  ARGV: limit, remaining, seconds until reset
local t = redis.call('TIME')
redis.call('HSET', KEYS[1], 'limit', ARGV[1], 'remaining', ARGV[2], 'resets_at', t[1] + tonumber(ARGV[3]))
redis.call('EXPIRE', KEYS[1], math.ceil(tonumber(ARGV[3])) + 60)
return 1
