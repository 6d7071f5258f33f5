-- Mark a waiting email as being sent.
-- KEYS: email.  Answers 1, or 0 if it is not waiting.
local text = redis.call('GET', KEYS[1])
if not text then return 0 end
local fields = cjson.decode(text)
if fields['state'] ~= 'waiting' then return 0 end
fields['state'] = 'sending'
redis.call('SET', KEYS[1], cjson.encode(fields))
return 1
