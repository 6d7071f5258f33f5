-- Rewrite the names that an order of the release before is stored with. Scripts read these fields, so reading
-- both names in Python is not enough. Running it again changes nothing.
-- KEYS: order.  Answers 1 if something was rewritten, else 0.
local order = redis.call('HGETALL', KEYS[1])
local old = {}
for place = 1, #order, 2 do old[order[place]] = order[place + 1] end
local new, gone = {}, {}
local function renamed(record, from, to)
  if record[from] == nil then return false end
  if record[to] == nil then record[to] = record[from] end
  record[from] = nil
  return true
end
for from, to in pairs({shown = 'payload', hurried = 'expedited_at'}) do
  if old[from] then
    if not old[to] then new[to] = old[from] end
    gone[#gone + 1] = from
  end
end
local notes_text = old.notes or old.noted
if notes_text then
  local notes = cjson.decode(notes_text)
  local dismissed = renamed(notes, 'set_aside', 'dismissed')
  local at_checkout = renamed(notes, 'handed_at', 'checkout_at')
  if old.noted or dismissed or at_checkout then new.notes = cjson.encode(notes) end
  if old.noted then gone[#gone + 1] = 'noted' end
end
if old.state == 'handed_over' then new.state = 'at_checkout' end
if old.steps then
  local steps, changed = cjson.decode(old.steps), false
  for _, step in ipairs(steps) do
    local message = renamed(step, 'words', 'message')
    local zoho_message = renamed(step, 'zoho_said', 'zoho_message')
    local state = step.state == 'handed_over'
    if state then step.state = 'at_checkout' end
    changed = changed or message or zoho_message or state
  end
  if changed then new.steps = cjson.encode(steps) end
end
for name, text in pairs(new) do redis.call('HSET', KEYS[1], name, text) end
for _, name in ipairs(gone) do redis.call('HDEL', KEYS[1], name) end
return (next(new) or gone[1]) and 1 or 0
