-- KEYS: once, email, due, the organisation's emails, then the person's if the email is for one
-- ARGV: id, email as JSON, seconds of once, most remembered
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[3]) then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
for place = 4, #KEYS do
  redis.call('LPUSH', KEYS[place], ARGV[1])
  redis.call('LTRIM', KEYS[place], 0, ARGV[4] - 1)
end
local t = redis.call('TIME')
redis.call('ZADD', KEYS[3], t[1] + t[2] / 1000000, ARGV[1])
return 1
