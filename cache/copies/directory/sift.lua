-- KEYS: facets.  ARGV: cursor of HSCAN, how many, where the searched text begins, then words.
--   Answers {next cursor, {customer, …}, …}: for each word, whose rows have it.
-- The positions in facets are those of cache/copies/mirror/row_facets.py; a row without an owner is the
--   customer's own.
local search_at = tonumber(ARGV[3])
local scanned, lists, sizes = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2]), {}, {}
for word = 4, #ARGV do lists[word], sizes[word] = {}, 0 end
for i = 1, #scanned[2], 2 do
  local facets, ends, owner = scanned[2][i + 1], nil, nil
  for word = 4, #ARGV do
    local at = facets:find(ARGV[word], search_at, true)
    if at then
      if not owner then
        ends = facets:find('\0', search_at, true)
        owner = ends and facets:sub(ends + 1) or scanned[2][i]
      end
      if not ends or at < ends then
        sizes[word] = sizes[word] + 1
        lists[word][sizes[word]] = owner
      end
    end
  end
end
return {scanned[1], unpack(lists, 4, #ARGV)}
