"""The state changes of an email as Lua: each is one step, so that a crash leaves no email half written."""

from __future__ import annotations

ADD = """
-- KEYS: once, letter, the organisation's letters, due.
-- ARGV: id, letter as JSON, seconds of once, most remembered, the person's letters, '' for nobody's
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[3]) then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
for _, list in ipairs({KEYS[3], ARGV[5]}) do
  if list ~= '' then
    redis.call('LPUSH', list, ARGV[1])
    redis.call('LTRIM', list, 0, ARGV[4] - 1)
  end
end
local t = redis.call('TIME')
redis.call('ZADD', KEYS[4], t[1] + t[2] / 1000000, ARGV[1])
return 1
"""

BEGIN = """
local text = redis.call('GET', KEYS[1])
if not text then return 0 end
local fields = cjson.decode(text)
if fields['state'] ~= 'waiting' then return 0 end
fields['state'] = 'sending'
redis.call('SET', KEYS[1], cjson.encode(fields))
return 1
"""

SETTLE = """
-- ARGV: what changes as JSON, seconds until it is forgotten (0: never)
local text = redis.call('GET', KEYS[1])
if not text then return 0 end
local fields = cjson.decode(text)
if fields['state'] ~= 'waiting' and fields['state'] ~= 'sending' then return 0 end
for name, value in pairs(cjson.decode(ARGV[1])) do fields[name] = value end
fields['tries'] = fields['tries'] + 1
redis.call('SET', KEYS[1], cjson.encode(fields))
if tonumber(ARGV[2]) > 0 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return 1
"""
