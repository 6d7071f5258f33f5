-- The store's time as `now`, and add_step: append a step to an order.
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local stamp = string.format('%d.%06d', t[1], t[2])
local function add_step(key, state, message, zoho_message)
  local steps = cjson.decode(redis.call('HGET', key, 'steps'))
  local last = steps[#steps]
  local may_last = state == 'waiting' or state == 'uncertain' or state == 'at_checkout'
  if may_last and last.state == state and last.message == message and last.zoho_message == zoho_message then
    -- An outage of days is one step of the receipt, with its start time.
    return
  end
  steps[#steps + 1] = {at = stamp, state = state, message = message, zoho_message = zoho_message}
  redis.call('HSET', key, 'steps', cjson.encode(steps))
end
