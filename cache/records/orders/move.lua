-- One state change by compare-and-set: only with the lease's token, only from an allowed state.
-- KEYS: order, document queue, due
-- ARGV: id, member of due, token ('' = there must be no lease), states it may come from (JSON), new state,
--   message, Zoho's message, seconds until the next check ('' = none), result (JSON, '' = unchanged), seconds
--   to keep the lease ('' = release it), attempts to add, time after which nothing is sent ('' = unchanged)
-- include: clock
local from = redis.call('HGET', KEYS[1], 'state')
if not from then return 'gone' end
if ARGV[3] == '' then
  if tonumber(redis.call('HGET', KEYS[1], 'lease_until') or '0') > now then return 'leased' end
elseif redis.call('HGET', KEYS[1], 'lease_token') ~= ARGV[3] then
  return 'lost'
end
local allowed = false
for _, state in ipairs(cjson.decode(ARGV[4])) do if state == from then allowed = true end end
if not allowed then return 'illegal:' .. from end
local state = ARGV[5]
redis.call('HSET', KEYS[1], 'state', state)
redis.call('HINCRBY', KEYS[1], 'attempts', ARGV[11])
if ARGV[12] ~= '' then redis.call('HSET', KEYS[1], 'not_after', ARGV[12]) end
if ARGV[9] ~= '' then redis.call('HSET', KEYS[1], 'result', ARGV[9]) end
add_step(KEYS[1], state, ARGV[6], ARGV[7])
if ARGV[10] ~= '' then
  local ends = now + tonumber(ARGV[10])
  redis.call('HSET', KEYS[1], 'lease_until', ends)
  redis.call('ZADD', KEYS[3], ends, ARGV[2])
else
  redis.call('HDEL', KEYS[1], 'lease_token', 'lease_until')
  if ARGV[8] == '' then
    redis.call('HSET', KEYS[1], 'next_at', '')
    redis.call('ZREM', KEYS[3], ARGV[2])
  else
    redis.call('HSET', KEYS[1], 'next_at', now + tonumber(ARGV[8]))
    redis.call('ZADD', KEYS[3], now + tonumber(ARGV[8]), ARGV[2])
  end
end
if state == 'confirmed' or state == 'refused' or state == 'changed' or state == 'withdrawn' then
  redis.call('LREM', KEYS[2], 0, ARGV[1])
  local behind = redis.call('LINDEX', KEYS[2], 0)
  if behind then
    redis.call('ZADD', KEYS[3], now, string.sub(ARGV[2], 1, #ARGV[2] - #ARGV[1]) .. behind)
  end
end
return 'ok'
