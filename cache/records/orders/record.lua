-- Write everything a new order needs in one call, or find the order already made by the same form or request,
-- or the one in conflict.
-- KEYS: form, document queue, order, customer's orders, organisation's orders, due, then the queues
--   it conflicts with
-- ARGV: id, member of due, seconds the form key lives, prefix of order keys, kind ('' = several
--   at a time), 'due' or '' (not due yet), then the fields of the record
-- Builds: ARGV[4]*
-- include: conflict_in
local known = redis.call('GET', KEYS[1])
if known then return known end
for _, id in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
  if redis.call('HGET', ARGV[4] .. id, 'kind') == ARGV[5] then
    redis.call('SET', KEYS[1], id, 'EX', ARGV[3])
    return id
  end
end
local conflict = conflict_in(7, ARGV[4])
if conflict then return conflict end
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
redis.call('HSET', KEYS[3], unpack(ARGV, 7))
redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[4], now, ARGV[1])
redis.call('ZADD', KEYS[5], now, ARGV[1])
if ARGV[6] ~= '' then
  redis.call('HSET', KEYS[3], 'next_at', now)
  redis.call('ZADD', KEYS[6], now, ARGV[2])
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
return ARGV[1]
