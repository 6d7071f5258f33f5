-- Drop the token if it is still the one that Zoho refused.
-- KEYS: access token.  ARGV: its digest.  Answers 1 if it was dropped.
if redis.call('HGET', KEYS[1], 'digest') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
