-- Take a row out of the indexes and counts of its customer.
local function unindex(id, row)
  if row[7] then redis.call('ZREM', KEYS[4], row[7] .. '\0' .. id) end
  for _, sort in ipairs(row[5]) do
    redis.call('ZREM', ARGV[1] .. row[1] .. ':' .. row[2] .. ':' .. sort, id)
  end
  local statuses = ARGV[2] .. row[1]
  if redis.call('HINCRBY', statuses, row[2], -1) <= 0 then redis.call('HDEL', statuses, row[2]) end
  if redis.call('HINCRBY', KEYS[2], row[1], -1) <= 0 then redis.call('HDEL', KEYS[2], row[1]) end
  local currencies = statuses .. ':currencies'
  local currency = (redis.call('HGET', KEYS[3], id) or ''):sub(1, 3)
  if redis.call('HINCRBY', currencies, currency, -1) <= 0 then redis.call('HDEL', currencies, currency) end
end
