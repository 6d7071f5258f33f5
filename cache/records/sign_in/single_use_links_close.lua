-- Mark a subject's newest link as used.
-- KEYS: newest link of the subject.  ARGV: prefix of links
-- Builds: ARGV[1]*
local newest = redis.call('GET', KEYS[1])
-- The release before stored the whole key; the hash is its end.
local last = newest and ARGV[1] .. newest:sub(-64)
if last and redis.call('EXISTS', last) == 1 then redis.call('HSET', last, 'state', 'used') end
return 1
