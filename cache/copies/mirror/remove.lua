-- KEYS: rows, customers, facets, order.  ARGV: index prefix, statuses prefix, id
-- Builds: ARGV[1]*, ARGV[2]*
-- include: unindex
local text = redis.call('HGET', KEYS[1], ARGV[3])
if not text then return 0 end
unindex(ARGV[3], cjson.decode(text))
redis.call('HDEL', KEYS[3], ARGV[3])
return redis.call('HDEL', KEYS[1], ARGV[3])
