-- The first active order in the queues KEYS[first] and later that was not dismissed, as 'conflict:' and its
-- id; nil if there is none.
local function conflict_in(first, prefix)
  for at = first, #KEYS do
    for _, id in ipairs(redis.call('LRANGE', KEYS[at], 0, -1)) do
      local notes = redis.call('HGET', prefix .. id, 'notes')
      if (cjson.decode(notes or '{}').dismissed or '') == '' then return 'conflict:' .. id end
    end
  end
end
