-- Replace one entry by itself without its personal text, if nobody replaced it meanwhile.
-- KEYS: activity.  ARGV: index, entry as it was read, entry without the text.  Answers 1, or 0 if it changed.
if redis.call('LINDEX', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('LSET', KEYS[1], ARGV[1], ARGV[3])
return 1
