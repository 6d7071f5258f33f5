-- Note what became of an email.
-- KEYS: email
-- ARGV: changed fields as JSON, seconds until it expires (0: never)
local text = redis.call('GET', KEYS[1])
if not text then return 0 end
local fields = cjson.decode(text)
if fields['state'] ~= 'waiting' and fields['state'] ~= 'sending' then return 0 end
for name, value in pairs(cjson.decode(ARGV[1])) do fields[name] = value end
fields['tries'] = fields['tries'] + 1
redis.call('SET', KEYS[1], cjson.encode(fields))
if tonumber(ARGV[2]) > 0 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return 1
