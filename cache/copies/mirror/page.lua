-- KEYS: rows, customers, facets, plans.  ARGV: index prefix, statuses prefix, customer, sort, 1 if
--   descending, offset, limit, conditions as JSON, the field that marks "read in full", 'only' or 'but', then
--   statuses
-- Answers {total, 1 if the kind was read in full, {currency, …}, id, row, id, row …}; {-1} if part of the
--   customer's data was evicted and the page would be wrong.
-- Builds: ARGV[1]*, ARGV[2]*
local counts = redis.call('HGETALL', ARGV[2] .. ARGV[3])
local known, sum = {}, 0
for i = 1, #counts, 2 do known[counts[i]] = tonumber(counts[i + 1]); sum = sum + tonumber(counts[i + 1]) end
if sum ~= tonumber(redis.call('HGET', KEYS[2], ARGV[3]) or '0') then return {-1} end
local named = {}
for i = 11, #ARGV do named[ARGV[i]] = true end
local wanted = {}
for status, _ in pairs(known) do
  if (ARGV[10] == 'only') == (named[status] == true) then wanted[#wanted + 1] = status end
end
local descending, offset, limit = ARGV[5] == '1', tonumber(ARGV[6]), tonumber(ARGV[7])
local asked = cjson.decode(ARGV[8])
local is_narrowed = next(asked) ~= nil
-- Nothing is known of plans, or not any more: answer "not complete", not an empty list.
if asked.plan and redis.call('EXISTS', KEYS[4]) == 0 then return {0, 0, {}} end

-- The positions in facets are those of cache/copies/mirror/row_facets.py.
local function passes(facets)
  if asked.currency and facets:sub(1, 3) ~= asked.currency then return false end
  if asked.since and facets:sub(4, 13) < asked.since then return false end
  if asked['until'] and (facets:sub(4, 13) > asked['until'] or facets:sub(4, 4) == ' ') then return false end
  if asked.due_since and facets:sub(28, 37) < asked.due_since then return false end
  if asked.due_until and facets:sub(28, 37) > asked.due_until then return false end
  if asked.late_on and facets:sub(14, 23) > asked.late_on then return false end
  if asked.not_late_on and facets:sub(14, 23) <= asked.not_late_on then return false end
  if asked.mark and not facets:sub(24, 27):find(asked.mark, 1, true) then return false end
  for _, word in ipairs(asked.terms or {}) do
    if not facets:find(word, asked.search_at, true) then return false end
  end
  return true
end

local function narrowed(ids)
  local kept = {}
  for first = 1, #ids, 1000 do
    local chunk = {}
    for i = first, math.min(first + 999, #ids), 2 do chunk[#chunk + 1] = ids[i] end
    local plans = asked.plan and redis.call('HMGET', KEYS[4], unpack(chunk))
    for i, facets in ipairs(redis.call('HMGET', KEYS[3], unpack(chunk))) do
      if not facets then return nil end
      if passes(facets) and (not plans or plans[i] == asked.plan) then
        kept[#kept + 1] = chunk[i]
        kept[#kept + 1] = ids[first + 2 * (i - 1) + 1]
      end
    end
  end
  return kept
end

local total, lists = 0, {}
for _, status in ipairs(wanted) do
  local key = ARGV[1] .. ARGV[3] .. ':' .. status .. ':' .. ARGV[4]
  if redis.call('ZCARD', key) ~= known[status] then return {-1} end
  local command = descending and 'ZREVRANGE' or 'ZRANGE'
  local ids
  if is_narrowed then
    ids = narrowed(redis.call(command, key, 0, -1, 'WITHSCORES'))
    if not ids then return {-1} end
    total = total + #ids / 2
  else
    ids = redis.call(command, key, 0, offset + limit - 1, 'WITHSCORES')
    total = total + known[status]
  end
  lists[#lists + 1] = {at = 1, ids = ids}
end
-- Merge the sorted lists of the statuses; without conditions a page costs statuses x (offset + limit),
--   whatever the number of the customer's rows.
local picked = {}
for place = 0, offset + limit - 1 do
  local best, best_score, best_id
  for _, list in ipairs(lists) do
    local id = list.ids[list.at]
    if id then
      local score = tonumber(list.ids[list.at + 1])
      local before = best == nil
        or (descending and (score > best_score or (score == best_score and id > best_id)))
        or (not descending and (score < best_score or (score == best_score and id < best_id)))
      if before then best, best_score, best_id = list, score, id end
    end
  end
  if not best then break end
  best.at = best.at + 2
  if place >= offset then picked[#picked + 1] = best_id end
end
local currencies = redis.call('HKEYS', ARGV[2] .. ARGV[3] .. ':currencies')
local answer = {total, redis.call('HEXISTS', KEYS[2], ARGV[9]), currencies}
for first = 1, #picked, 200 do
  local chunk = {unpack(picked, first, math.min(first + 199, #picked))}
  for i, row in ipairs(redis.call('HMGET', KEYS[1], unpack(chunk))) do
    if not row then return {-1} end
    answer[#answer + 1] = chunk[i]
    answer[#answer + 1] = row
  end
end
return answer
