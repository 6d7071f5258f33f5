"""The state changes of an order as Lua: each is one step by Redis' clock, so that two workers never
both win.
"""

from __future__ import annotations

CLOCK = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local stamp = string.format('%d.%06d', t[1], t[2])
local function add_step(key, state, message, zoho_message)
  local steps = cjson.decode(redis.call('HGET', key, 'steps'))
  local last = steps[#steps]
  local may_last = state == 'waiting' or state == 'uncertain' or state == 'at_checkout'
  if may_last and last.state == state and last.message == message and last.zoho_message == zoho_message then
    -- Days of an outage are one step of the receipt, with the time at which it began.
    return
  end
  steps[#steps + 1] = {at = stamp, state = state, message = message, zoho_message = zoho_message}
  redis.call('HSET', key, 'steps', cjson.encode(steps))
end
"""

CONFLICT_IN = """
local function conflict_in(first, prefix)
  for at = first, #KEYS do
    for _, id in ipairs(redis.call('LRANGE', KEYS[at], 0, -1)) do
      local notes = redis.call('HGET', prefix .. id, 'notes')
      if (cjson.decode(notes or '{}').dismissed or '') == '' then return 'conflict:' .. id end
    end
  end
end
"""
"""The first active order in the queues KEYS[first] and later that was not dismissed, as 'conflict:' and its
id; nil if there is none.
"""

RECORD = (
    CONFLICT_IN
    + """
-- KEYS: form, document queue, order, customer's orders, organisation's orders, due, then the lines that hold it back
-- ARGV: id, member of due, seconds the form key lives, prefix of order keys, kind ('' = may stand
--       beside others), 'due' or '' (not before somebody says so), then the fields of the record
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
"""
)
"""Write everything a new order needs in one call, or find the order already made by the same form or request,
or the one in conflict.
"""

CLAIM = (
    CLOCK
    + """
-- KEYS: order, document queue, due.  ARGV: id, member of due, lease, settle, new token, message of an expired sending
local state = redis.call('HGET', KEYS[1], 'state')
local unclaimable = {confirmed = 1, refused = 1, changed = 1, withdrawn = 1, needs_attention = 1, proposed = 1}
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
  -- Not first on its document. The one before it rings for it when it is done; this is the belt.
  redis.call('ZADD', KEYS[3], now + tonumber(ARGV[3]), ARGV[2])
  return false
end
if state == 'sending' then
  -- Its owner died, or is slower than its lease. Whether Zoho heard it can only be read, and only after a while.
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
"""
)

MOVE = (
    CLOCK
    + """
-- KEYS: order, document queue, due
-- ARGV: id, member of due, token ('' = nobody may hold a lease), states it may come from (JSON), new state, message, Zoho's message,
--       seconds until next look ('' = none), result (JSON, '' = unchanged), seconds of lease to hold on ('' = let go), attempts to add,
--       time after which nothing is sent ('' = unchanged)
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
"""
)
"""One state change by compare-and-set: only with the lease's token, only from an allowed state."""

NOTE = (
    CLOCK
    + CONFLICT_IN
    + """
-- KEYS: order, due, then the lines that hold it back.
-- ARGV: id, member of due, state it must be in, what to note (JSON), message ('' = no step), seconds between two looks, prefix of order keys
local state = redis.call('HGET', KEYS[1], 'state')
if state ~= ARGV[3] then return 'illegal' end
local notes = cjson.decode(redis.call('HGET', KEYS[1], 'notes') or '{}')
local new = cjson.decode(ARGV[4])
local conflict = new.dismissed == '' and conflict_in(3, ARGV[7])
if conflict then return conflict end
for name, text in pairs(new) do notes[name] = text end
if next(notes) then redis.call('HSET', KEYS[1], 'notes', cjson.encode(notes)) end
if ARGV[5] ~= '' then add_step(KEYS[1], state, ARGV[5], '') end
local expedited_at = tonumber(redis.call('HGET', KEYS[1], 'expedited_at') or '0')
local owned = tonumber(redis.call('HGET', KEYS[1], 'lease_until') or '0') > now
if owned or expedited_at + tonumber(ARGV[6]) > now then return 'stored' end
redis.call('HSET', KEYS[1], 'expedited_at', now, 'next_at', now)
redis.call('ZADD', KEYS[2], now, ARGV[2])
return 'soon'
"""
)
"""People's notes on an order at checkout are stored beside what its worker writes, so neither waits for the
other.
"""
