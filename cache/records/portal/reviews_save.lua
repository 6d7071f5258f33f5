-- Save a person's review, if they saw the one that is stored.
-- KEYS: reviews.  ARGV: account, when the seen one was changed ('' = none), review as JSON, form key.
-- Answers 1, or 0 if it changed meanwhile.
local text = redis.call('HGET', KEYS[1], ARGV[1])
local current = text and cjson.decode(text)
if current and current['form_key'] == ARGV[4] then return 1 end
if (current and current['changed_at'] or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
