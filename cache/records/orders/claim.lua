-- KEYS: order, document queue, due.  ARGV: id, member of due, lease, settle, new token, message for an
--   expired lease
-- include: clock
local state = redis.call('HGET', KEYS[1], 'state')
local unclaimable = {
  confirmed = 1, refused = 1, changed = 1, withdrawn = 1, needs_attention = 1, proposed = 1,
}
if not state or unclaimable[state] then
  redis.call('ZREM', KEYS[3], ARGV[2])
  return false
end
local lease_end = tonumber(redis.call('HGET', KEYS[1], 'lease_until') or '0')
if lease_end > now then
  redis.call('ZADD', KEYS[3], lease_end, ARGV[2])
  return false
end
if redis.call('LINDEX', KEYS[2], 0) ~= ARGV[1] then
  -- Not first in its queue. The order before it makes it due when done; this is the fallback.
  redis.call('ZADD', KEYS[3], now + tonumber(ARGV[3]), ARGV[2])
  return false
end
if state == 'sending' then
  -- Its owner died, or outlived its lease. Only a later read can tell whether Zoho received it.
  state = 'uncertain'
  redis.call('HSET', KEYS[1], 'state', state, 'next_at', lease_end + tonumber(ARGV[4]))
  redis.call('HDEL', KEYS[1], 'lease_token', 'lease_until')
  add_step(KEYS[1], state, ARGV[6], '')
end
local next_at = tonumber(redis.call('HGET', KEYS[1], 'next_at')) or now
if next_at > now then
  redis.call('ZADD', KEYS[3], next_at, ARGV[2])
  return false
end
local ends = now + tonumber(ARGV[3])
redis.call('HSET', KEYS[1], 'lease_token', ARGV[5], 'lease_until', ends)
redis.call('ZADD', KEYS[3], ends, ARGV[2])
return redis.call('HGETALL', KEYS[1])
