-- Put a resealed text in the place of the one that was read, if it is unchanged.
-- KEYS: record.  ARGV: field ('' = the whole value), text as read, resealed text.  Answers 1, or 0.
local now
if ARGV[1] == '' then now = redis.call('GET', KEYS[1]) else now = redis.call('HGET', KEYS[1], ARGV[1]) end
if now ~= ARGV[2] then return 0 end
if ARGV[1] == '' then
  redis.call('SET', KEYS[1], ARGV[3], 'KEEPTTL')
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
