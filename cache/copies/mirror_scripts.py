"""The mirror's moves as Lua. A stored row is JSON: [customer, status, version, said_at, {sort: score}, search, body]."""

from __future__ import annotations

UNINDEX = """
local function unindex(id, row)
  for sort, _ in pairs(row[5]) do redis.call('ZREM', ARGV[1] .. row[1] .. ':' .. row[2] .. ':' .. sort, id) end
  if redis.call('HINCRBY', ARGV[2] .. row[1], row[2], -1) <= 0 then redis.call('HDEL', ARGV[2] .. row[1], row[2]) end
  if redis.call('HINCRBY', KEYS[2], row[1], -1) <= 0 then redis.call('HDEL', KEYS[2], row[1]) end
end
"""

PUT = UNINDEX + """
-- KEYS: rows, customers.  ARGV: index prefix, statuses prefix, id, row as JSON.  Answers stored, unchanged or older.
local new = cjson.decode(ARGV[4])
local text = redis.call('HGET', KEYS[1], ARGV[3])
local answer = 'stored'
if text then
  local old = cjson.decode(text)
  -- Old news never overwrites new: a later version wins; of one version, and where Zoho gives none, what was said later.
  if new[3] ~= '' and old[3] ~= '' and new[3] ~= old[3] then
    if new[3] < old[3] then return 'older' end
  elseif new[4] < old[4] then
    return 'older'
  end
  if cjson.encode(old[7]) == cjson.encode(new[7]) and old[2] == new[2] then answer = 'unchanged' end
  unindex(ARGV[3], old)
end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[4])
for sort, score in pairs(new[5]) do redis.call('ZADD', ARGV[1] .. new[1] .. ':' .. new[2] .. ':' .. sort, score, ARGV[3]) end
redis.call('HINCRBY', ARGV[2] .. new[1], new[2], 1)
redis.call('HINCRBY', KEYS[2], new[1], 1)
return answer
"""

REMOVE = UNINDEX + """
-- KEYS: rows, customers.  ARGV: index prefix, statuses prefix, id
local text = redis.call('HGET', KEYS[1], ARGV[3])
if not text then return 0 end
unindex(ARGV[3], cjson.decode(text))
return redis.call('HDEL', KEYS[1], ARGV[3])
"""

PAGE = """
-- KEYS: rows, customers.  ARGV: index prefix, statuses prefix, customer, sort, 1 if descending, offset, limit,
--       number of statuses (-1 = every one), then the statuses
-- Answers {total, id, row, id, row …}; {-1} when something of the customer was evicted and the page would be wrong.
local counts = redis.call('HGETALL', ARGV[2] .. ARGV[3])
local known, sum = {}, 0
for i = 1, #counts, 2 do known[counts[i]] = tonumber(counts[i + 1]); sum = sum + tonumber(counts[i + 1]) end
if sum ~= tonumber(redis.call('HGET', KEYS[2], ARGV[3]) or '0') then return {-1} end
local wanted = {}
if tonumber(ARGV[8]) < 0 then
  for status, _ in pairs(known) do wanted[#wanted + 1] = status end
else
  for i = 9, #ARGV do if known[ARGV[i]] then wanted[#wanted + 1] = ARGV[i] end end
end
local descending, offset, limit = ARGV[5] == '1', tonumber(ARGV[6]), tonumber(ARGV[7])
local total, lists = 0, {}
for _, status in ipairs(wanted) do
  local key = ARGV[1] .. ARGV[3] .. ':' .. status .. ':' .. ARGV[4]
  if redis.call('ZCARD', key) ~= known[status] then return {-1} end
  total = total + known[status]
  local command = descending and 'ZREVRANGE' or 'ZRANGE'
  lists[#lists + 1] = {at = 1, ids = redis.call(command, key, 0, offset + limit - 1, 'WITHSCORES')}
end
-- Merge the sorted lists of the statuses; a page costs statuses x (offset + limit), never the size of the customer.
local picked = {}
for place = 0, offset + limit - 1 do
  local best, best_score, best_id
  for _, list in ipairs(lists) do
    local id = list.ids[list.at]
    if id then
      local score = tonumber(list.ids[list.at + 1])
      local before = best == nil or (descending and (score > best_score or (score == best_score and id > best_id)))
        or (not descending and (score < best_score or (score == best_score and id < best_id)))
      if before then best, best_score, best_id = list, score, id end
    end
  end
  if not best then break end
  best.at = best.at + 2
  if place >= offset then picked[#picked + 1] = best_id end
end
local answer = {total}
for first = 1, #picked, 200 do
  local chunk = {unpack(picked, first, math.min(first + 199, #picked))}
  for i, row in ipairs(redis.call('HMGET', KEYS[1], unpack(chunk))) do
    if not row then return {-1} end
    answer[#answer + 1] = chunk[i]
    answer[#answer + 1] = row
  end
end
return answer
"""
