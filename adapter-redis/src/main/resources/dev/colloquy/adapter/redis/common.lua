-- What all scripts know about the layout. Each has this in front of it, behind the key that it is about.
--
-- A list element that we wrote begins {"seq":12,"at":"...","id":"...", ; the last one of the list may have the trail in
-- between: {"seq":12,"recent":"...","gone":"...","at":"...","id":"...", . "recent" holds a digest (digest.lua)
-- of the id of each of the latest 128 messages, oldest first. "gone" describes those of them that the cap has dropped.
-- It is begun when an id may be a known one, and kept from then on.
-- Elements that others wrote have none of this, or only a part; their place in the list counts. So it does if what they
-- say is none of our numbers, which begin at 1 and have at most 13 digits: of 15 and more Lua writes only the first 14.
local call, pcall_, find, sub, match = redis.call, redis.pcall, string.find, string.sub, string.match

-- Of an element of ours: its number, where the message itself begins, and the trail if it has one.
local function open(element)
  local _, at, seq = find(element, '^{"seq":([1-9]%d*),')
  if not seq or #seq > 13 then return nil end
  local rest, recent, gone = at + 1, nil, nil
  if sub(element, rest, rest + 9) == '"recent":"' then
    local stop = find(element, '"', rest + 10, true)
    if not stop then return nil end
    recent = sub(element, rest + 10, stop - 1)
    rest = stop + 2
    if sub(element, rest, rest + 7) == '"gone":"' then
      stop = find(element, '"', rest + 8, true)
      if not stop then return nil end
      gone = sub(element, rest + 8, stop - 1)
      rest = stop + 2
    end
  end
  if sub(element, rest, rest + 5) ~= '"at":"' then return nil end
  return tonumber(seq), rest, recent, gone
end

-- The id of the element with this number. What others wrote without one gets one that every reader derives alike.
local function idOf(element, seq)
  local _, rest = open(element)
  local id = rest and match(element, '^"at":"[^"]*","id":"([^"]*)"', rest)
  if not id or find(id, '\\', 1, true) then
    local ok, object = pcall(cjson.decode, element)
    id = ok and type(object) == 'table' and object.id
  end
  if type(id) == 'string' and #id <= 128 and find(id, '^[%w._:@/+=~-]+$') then return id end
  return 'foreign-' .. seq .. '-' .. sub(redis.sha1hex(element), 1, 16)
end

-- The elements of the older layout, one string with a JSON array of objects, byte for byte; or nil if it is none.
local function split(text)
  local ok, array = pcall(cjson.decode, text)
  if not ok or type(array) ~= 'table' or not find(text, '^%s*%[') then return nil end
  local items, depth, start, at = {}, 0, nil, 1
  while true do
    at = find(text, '[%[%]{}"]', at)
    if not at then return #items == #array and items or nil end
    local c = sub(text, at, at)
    if c == '"' then
      at = at + 1
      while true do
        at = find(text, '[\\"]', at)
        if sub(text, at, at) == '"' then break end
        at = at + 2
      end
    elseif c == '{' or c == '[' then
      depth = depth + 1
      if depth == 2 then
        if c == '[' then return nil end
        start = at
      end
    else
      depth = depth - 1
      if depth == 1 then items[#items + 1] = sub(text, start, at) end
    end
    at = at + 1
  end
end

-- Set while the key holds the older layout.
local legacy = nil

-- Handles the error of the first command on a key that may be no list: fills legacy, or gives what to return.
local function otherType(failure)
  if not find(failure.err, 'WRONGTYPE', 1, true) then return failure end
  local kind = call('TYPE', key)['ok']
  if kind ~= 'string' then return {kind, 'type'} end
  legacy = split(call('GET', key))
  if not legacy then return {'a string without an array of objects', 'type'} end
  return nil
end

-- As LRANGE, over either layout; from may be negative.
local function range(from, to)
  if not legacy then return call('LRANGE', key, from, to) end
  local items = {}
  if from < 0 then from = math.max(0, #legacy + from) end
  if to < 0 then to = #legacy + to end
  for i = from + 1, math.min(#legacy, to + 1) do items[#items + 1] = legacy[i] end
  return items
end

local function length()
  return legacy and #legacy or call('LLEN', key)
end

-- The number of the last element, counted from the nearest one that says its own.
local function lastNumber(tail)
  local own = open(tail)
  if own then return own end
  local behind, chunk = 0, 128
  while true do
    local items = range(-behind - chunk, -behind - 1)
    for i = #items, 1, -1 do
      own = open(items[i])
      if own then return own + behind + #items - i end
    end
    behind = behind + #items
    if #items < chunk then return behind end
    chunk = chunk * 8
  end
end
