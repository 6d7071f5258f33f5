local text = redis.call('GET', KEYS[1])
if not text then return 0 end
local fields = cjson.decode(text)
if fields['state'] ~= 'waiting' then return 0 end
fields['state'] = 'sending'
redis.call('SET', KEYS[1], cjson.encode(fields))
return 1
