-- Count a try before the password is checked, or answer the seconds to wait.
-- KEYS: account and place, address, strangers at the account, address known at the account.
-- ARGV: 1 if the browser is known, window, most together, most per address, free tries of strangers,
--   first and longest pause, seconds until strangers' tries are forgotten
local now, wait = tonumber(redis.call('TIME')[1]), 0
local window, most_together, most_per_address = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local free, first_pause, longest_pause = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local knows_browser = ARGV[1] == '1'
local is_stranger = not knows_browser and redis.call('EXISTS', KEYS[4]) == 0
local function look(key, most)
  if tonumber(redis.call('GET', key) or 0) >= most then wait = math.max(wait, 1, redis.call('TTL', key)) end
end
local function count(key)
  if redis.call('INCR', key) == 1 then redis.call('EXPIRE', key, window) end
end
look(KEYS[1], most_together)
if not knows_browser then look(KEYS[2], most_per_address) end
if is_stranger then
  local said = redis.call('HMGET', KEYS[3], 'count', 'last')
  local over = tonumber(said[1] or 0) - free
  if over >= 0 then
    local pause = math.min(longest_pause, first_pause * 2 ^ over)
    wait = math.max(wait, tonumber(said[2]) + pause - now)
  end
end
if wait > 0 then return wait end
count(KEYS[1])
if not knows_browser then count(KEYS[2]) end
if is_stranger then
  redis.call('HINCRBY', KEYS[3], 'count', 1)
  redis.call('HSET', KEYS[3], 'last', now)
  redis.call('EXPIRE', KEYS[3], ARGV[8])
end
return 0
