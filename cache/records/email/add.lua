-- KEYS: once, letter, the organisation's letters, due.
-- ARGV: id, letter as JSON, seconds of once, most remembered, the person's letters, '' for nobody's
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
