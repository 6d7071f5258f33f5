"""How what the rows of all customers are searched by is looked through, as Lua: where it is, a part at a time."""

from __future__ import annotations

SIFT = """
-- KEYS: facets.  ARGV: cursor of HSCAN, how many, then words.  Answers {next cursor, {customer, …}, …}: for each word, whose rows have it.
-- The places of the facets are those of cache/copies/row_facets.py; a row without an owner is the customer's own.
local scanned, answer = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2]), {}
answer[1] = scanned[1]
for word = 3, #ARGV do answer[word - 1] = {} end
for i = 1, #scanned[2], 2 do
  local facets, ends, owner = scanned[2][i + 1], nil, nil
  for word = 3, #ARGV do
    local at = facets:find(ARGV[word], 38, true)
    if at then
      ends = ends or facets:find('%z', 38) or #facets + 1
      owner = owner or (ends > #facets and scanned[2][i]) or facets:sub(ends + 1)
      if at < ends then answer[word - 1][#answer[word - 1] + 1] = owner end
    end
  end
end
return answer
"""
