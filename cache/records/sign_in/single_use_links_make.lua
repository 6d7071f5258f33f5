-- Open a link and mark the subject's earlier one as used. Sent twice, it changes nothing.
-- KEYS: link, newest link of the subject.  ARGV: subject, when it ends, seconds to keep it, prefix of links
-- Builds: ARGV[4]*
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local newest = redis.call('GET', KEYS[2])
-- The release before stored the whole key; the hash is its end.
local last = newest and ARGV[4] .. newest:sub(-64)
if last and redis.call('EXISTS', last) == 1 then redis.call('HSET', last, 'state', 'used') end
redis.call('HSET', KEYS[1], 'subject', ARGV[1], 'state', 'open', 'ends_at', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], KEYS[1]:sub(-64), 'EX', ARGV[3])
return 1
