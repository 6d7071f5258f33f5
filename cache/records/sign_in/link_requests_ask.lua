-- Count a request for a link, per address of the sender first.
-- KEYS: sender's address, email address.  ARGV: window, most per email address, most per sender.
-- Answers 0, the seconds that the sender must wait, or -1 if the email address had enough.
local function left(key, most)
  if tonumber(redis.call('GET', key) or 0) >= tonumber(most) then
    return math.max(1, redis.call('TTL', key))
  end
  return 0
end
local function count(key)
  if redis.call('INCR', key) == 1 then redis.call('EXPIRE', key, ARGV[1]) end
end
local wait = left(KEYS[1], ARGV[3])
if wait > 0 then return wait end
count(KEYS[1])
if left(KEYS[2], ARGV[2]) > 0 then return -1 end
count(KEYS[2])
return 0
