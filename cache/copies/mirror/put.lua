-- KEYS: rows, customers, facets, order.  ARGV: index prefix, statuses prefix, id, row as JSON, scores as
--   JSON, facets.
-- Answers stored, unchanged or older.
-- Builds: ARGV[1]*, ARGV[2]*
-- include: unindex
local new = cjson.decode(ARGV[4])
local text = redis.call('HGET', KEYS[1], ARGV[3])
local answer = 'stored'
if text then
  local old = cjson.decode(text)
  -- The later version wins; with equal or missing versions, the later as_of.
  if new[3] ~= '' and old[3] ~= '' and new[3] ~= old[3] then
    if new[3] < old[3] then return 'older' end
  elseif new[4] < old[4] then
    return 'older'
  end
  if cjson.encode(old[6]) == cjson.encode(new[6]) and old[2] == new[2] then answer = 'unchanged' end
  unindex(ARGV[3], old)
end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[4])
redis.call('HSET', KEYS[3], ARGV[3], ARGV[6])
for sort, score in pairs(cjson.decode(ARGV[5])) do
  redis.call('ZADD', ARGV[1] .. new[1] .. ':' .. new[2] .. ':' .. sort, score, ARGV[3])
end
redis.call('HINCRBY', ARGV[2] .. new[1], new[2], 1)
redis.call('HINCRBY', KEYS[2], new[1], 1)
redis.call('HINCRBY', ARGV[2] .. new[1] .. ':currencies', ARGV[6]:sub(1, 3), 1)
if new[7] then redis.call('ZADD', KEYS[4], 0, new[7] .. '\0' .. ARGV[3]) end
return answer
