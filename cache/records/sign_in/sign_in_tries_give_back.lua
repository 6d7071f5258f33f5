-- Forgive the tries after a right password, and remember the address as known.
-- KEYS: as in sign_in_tries_take.  ARGV: 1 if the browser is known, seconds for which the address stays known
redis.call('DEL', KEYS[1])
if ARGV[1] ~= '1' then
  if tonumber(redis.call('GET', KEYS[2]) or 0) > 0 then redis.call('DECR', KEYS[2]) end
  if redis.call('EXISTS', KEYS[4]) == 0 and tonumber(redis.call('HGET', KEYS[3], 'count') or 0) > 0 then
    redis.call('HINCRBY', KEYS[3], 'count', -1)
  end
end
redis.call('SET', KEYS[4], '1', 'EX', ARGV[2])
return 1
