-- KEYS: minute log, in flight, blocked, day.  ARGV: ticket, the class's limit per minute, at once, the share
--   of the day it must leave, seconds a slot may be held
-- Answers {'taken'} or {why, seconds to wait as text}
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local blocked = redis.call('PTTL', KEYS[3])
if blocked > 0 then return {'blocked', tostring(blocked / 1000)} end
local limit = tonumber(redis.call('HGET', KEYS[4], 'limit') or '0')
if limit > 0 then
  local resets = tonumber(redis.call('HGET', KEYS[4], 'resets_at'))
  if now >= resets then
    redis.call('DEL', KEYS[4])
  elseif tonumber(redis.call('HGET', KEYS[4], 'remaining')) <= limit * tonumber(ARGV[4]) then
    return {'day', tostring(resets - now)}
  end
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60)
local used = redis.call('ZCARD', KEYS[1])
if used >= tonumber(ARGV[2]) then
  -- The call that must leave the window before this class has room again.
  local place = used - tonumber(ARGV[2])
  local oldest = redis.call('ZRANGE', KEYS[1], place, place, 'WITHSCORES')
  return {'minute', tostring(oldest[2] + 60 - now)}
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return {'at_once', '0.05'} end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('EXPIRE', KEYS[1], 120)
redis.call('ZADD', KEYS[2], now + tonumber(ARGV[5]), ARGV[1])
redis.call('EXPIRE', KEYS[2], 300)
if limit > 0 then redis.call('HINCRBY', KEYS[4], 'remaining', -1) end
return {'taken'}
