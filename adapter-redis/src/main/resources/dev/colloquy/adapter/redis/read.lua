-- Reads messages. ARGV[1]: retention m, f or a and its period in ms, then all, last or after with its two numbers.
-- Gives the elements, then: the last element if it is not among them, the length, the last number, the first element's
-- number, the time to live in ms, 'read'. Or {what the key holds, 'type'}; or {} if there is no conversation.
local from, period, what, number, limit = match(ARGV[1], '^(%a)(%d+) (%a+) (%d+) (%d+)$')
number, limit = tonumber(number), tonumber(limit)

local items
if what == 'all' then
  items = pcall_('LRANGE', key, 0, -1)
elseif what == 'last' then
  items = pcall_('LRANGE', key, -number, -1)
else
  items = pcall_('LRANGE', key, -1, -1)
end
if items['err'] then
  local answer = otherType(items)
  if answer then return answer end
  if what == 'all' then
    items = legacy
  elseif what == 'last' then
    items = range(-number, -1)
  else
    items = range(-1, -1)
  end
end
if #items == 0 then return {} end

local tail = items[#items]
local last = lastNumber(tail)
local count = #items
if what == 'after' or (what == 'last' and count == number) then count = length() end
local extra, first = '', last - count + 1
if what == 'last' then first = last - #items + 1 end
if what == 'after' then
  local start = math.min(math.max(number - (last - count), 0), count)
  items = range(start, start + limit - 1)
  first = first + start
  if start + #items < count or #items == 0 then extra = tail end
end
if from == 'a' then call('PEXPIRE', key, period) end
local n = #items
items[n + 1] = extra
items[n + 2] = count
items[n + 3] = last
items[n + 4] = first
items[n + 5] = call('PTTL', key)
items[n + 6] = 'read'
return items
