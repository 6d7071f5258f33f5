-- Change some fields of a list's sync state and leave the others.
-- KEYS: sync state.  ARGV: changed fields as JSON
local text = redis.call('GET', KEYS[1])
local fields = text and cjson.decode(text) or {}
for name, value in pairs(cjson.decode(ARGV[1])) do fields[name] = value end
redis.call('SET', KEYS[1], cjson.encode(fields))
return 1
