-- Count an event, if its window has room; the same event counts once.
-- KEYS: events of one subject with their times.
-- ARGV: most, seconds of the window, event, 1 if the window begins with the first event and ends for all.
-- Answers 0, or the seconds to wait.
local t = redis.call('TIME')
local now, most, window = t[1] + t[2] / 1000000, tonumber(ARGV[1]), tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
if redis.call('ZSCORE', KEYS[1], ARGV[3]) then return 0 end
local counted = redis.call('ZCARD', KEYS[1])
if counted >= most then
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
  return math.max(1, math.ceil(tonumber(oldest) + window - now))
end
redis.call('ZADD', KEYS[1], now, ARGV[3])
if counted == 0 or ARGV[4] ~= '1' then redis.call('EXPIRE', KEYS[1], window) end
return 0
