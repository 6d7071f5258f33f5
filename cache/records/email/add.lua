-- KEYS: once, email, the organisation's emails, due.
-- ARGV: id, email as JSON, seconds of once, most remembered, the person's emails ('' = no person)
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[3]) then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
for _, list in ipairs({KEYS[3], ARGV[5]}) do
  if list ~= '' then
    redis.call('LPUSH', list, ARGV[1])
    redis.call('LTRIM', list, 0, ARGV[4] - 1)
  end
end
local t = redis.call('TIME')
redis.call('ZADD', KEYS[4], t[1] + t[2] / 1000000, ARGV[1])
return 1
