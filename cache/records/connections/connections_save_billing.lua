-- Note how Zoho Billing is used, for a connection that exists.
-- KEYS: connection.  ARGV: use of Billing, Billing's organisation id.  Answers 1, or 0 without a connection.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'billing', ARGV[1], 'billing_organization_id', ARGV[2])
return 1
