-- People's notes on an order at checkout are stored beside what its worker writes, so neither waits for the
-- other.
-- KEYS: order, due, then the queues it conflicts with.
-- ARGV: id, member of due, state it must be in, what to note (JSON), message ('' = no step), seconds between
--   two checks, prefix of order keys
-- Builds: ARGV[7]*
-- include: clock
-- include: conflict_in
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
