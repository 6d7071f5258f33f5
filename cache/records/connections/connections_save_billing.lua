if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'billing', ARGV[1], 'billing_organization_id', ARGV[2])
return 1
