-- The body of append(key, start, count, tail): appends messages to one conversation, all or none. ARGV[1] behind the time
-- of late.lua: retention m, f or a and its period in ms, the most messages kept, or 0, whether the ids are new for
-- certain (n) or perhaps known (k), and the condition: nothing, 0 for empty, or number:id of the last message. The
-- messages are ARGV[start] and the count - 1 behind it, each without its opening brace: "at":"...","id":"...",...} . The
-- tail is what LINDEX gave, nil if nobody has asked yet.
--
-- Gives {first number, length, time to live in ms, 'new'};
-- {for each message what is known of it ..., time to live in ms, first number, 'known'};
-- {which message, 'part'} if it is known but those before it are not;
-- {last number, id, 'changed'} if the condition is not met; {what the key holds, 'type'}.
local from, period, cap, ids, expected = match(header, '^(%a)(%d+) (%d+) (%a) (.*)$')
period, cap = tonumber(period), tonumber(cap)

local function message(i)
  return ARGV[start + i - 1]
end

if tail == nil then tail = pcall_('LINDEX', key, '-1') end
if type(tail) == 'table' then
  local answer = otherType(tail)
  if answer then return answer end
  tail = legacy[#legacy]
end

-- The trail of a conversation whose last element has none: somebody else wrote it, or only new ids were appended so far.
local function gather(number)
  local near = range(-HORIZON, -1)
  local parts, dropped = {}, ''
  for i = #near, 1, -1 do
    local _, _, old, droppedThen = open(near[i])
    if old then
      dropped = droppedThen or ''
      parts[1] = sub(old, 1, math.max(0, #old - i * WIDTH))
      break
    end
  end
  for i = 1, #near do
    parts[#parts + 1] = digestOf(idOf(near[i], number - #near + i))
  end
  return sub(table.concat(parts), -HORIZON * WIDTH), dropped
end

-- Ids that are new for certain need no trail. So none is begun for them, unless the cap drops what must be remembered.
local begin = ids ~= 'n' or cap > 0 and cap < HORIZON
local last, rest, recent, gone = 0, nil, begin and '' or nil, ''
if tail then
  local own, place, digests, dropped = open(tail)
  if digests then
    last, rest, recent, gone = own, place, digests, dropped or ''
  else
    last = lastNumber(tail)
    if begin then recent, gone = gather(last) end
  end
end

-- Of the message but for its time: what must be the same when it is repeated.
local function bodyDigest(body)
  return sub(redis.sha1hex(sub(body, find(body, '"id":"', 1, true) or 1, -1)), 1, 16)
end

-- What there is to say about each message of the batch if one of them is known already; else nil.
local function known()
  local near = range(-HORIZON, -1)
  local before = last - #near
  local where, lost = {}, {}
  for entry in string.gmatch(gone, '%S+') do
    local seq, id, body, at = match(entry, '^(%d+),(' .. string.rep('%x', 16) .. ')(' .. string.rep('%x', 16) .. ')(.*)$')
    if seq then
      lost[tonumber(seq)] = {id, body, at}
      where[id] = tonumber(seq)
    end
  end
  for i = 1, #near do where[idOf(near[i], before + i)] = before + i end
  local first
  for i = 1, count do
    local id = idIn(message(i))
    local seq = where[id] or where[sub(redis.sha1hex(id), 1, 16)]
    if i == 1 then first = seq end
    if seq and not first then return {i, 'part'} end
  end
  if not first then return nil end
  local answer = {}
  for i = 1, count do
    local seq = first + i - 1
    local body = message(i)
    local there = near[seq - before]
    if there then
      answer[i] = sub(there, 1, 1) == '{' and there or ''
    elseif lost[seq] and lost[seq][1] == sub(redis.sha1hex(idIn(body)), 1, 16) then
      answer[i] = lost[seq][2] == bodyDigest(body) and '=' .. lost[seq][3] or '!'
    else
      answer[i] = ''
    end
  end
  local ttl = call('PTTL', key)
  if ttl < 0 then
    ttl = period
    call('PEXPIRE', key, ttl)
  end
  answer[count + 1] = ttl
  answer[count + 2] = first
  answer[count + 3] = 'known'
  return answer
end

local digests = {}
if recent then
  for i = 1, count do digests[i] = digestOf(idIn(message(i))) end
end
for _, digest in ipairs(digests) do
  if find(recent, digest, 1, true) then
    local answer = known()
    if answer then return answer end
    break
  end
end

if expected ~= '' then
  local id = tail and idOf(tail, last) or ''
  if expected ~= (tail and last .. ':' .. id or '0') then return {last, id, 'changed'} end
end

-- From here on it is written. The older layout must not be removed before it is known that the server is not full or
-- read-only and that the user may push and set a time to live.
if legacy then
  local refused = pcall_('RPUSH', key, '')
  if not find(refused.err, 'WRONGTYPE', 1, true) then return refused end
  local ttl = call('PTTL', key)
  if ttl < 0 then ttl = period end
  call('PEXPIRE', key, ttl)
  call('DEL', key)
  for i = 1, #legacy, 1000 do
    call('RPUSH', key, unpack(legacy, i, math.min(i + 999, #legacy)))
  end
  call('PEXPIRE', key, ttl)
elseif rest then
  call('LSET', key, -1, '{"seq":' .. last .. ',' .. sub(tail, rest))
end

-- Remembers what the cap drops although the horizon still reaches it: one entry each, oldest first.
local drop = 0
if cap > 0 or gone ~= '' then
  local before = tail and length() or 0
  if cap > 0 then drop = math.max(0, before + count - cap) end
  local beyond = last + count - HORIZON
  if drop > 0 then
    local first = math.max(0, beyond - (last - before))
    local entries = {gone}
    for i, element in ipairs(first < drop and range(first, drop - 1) or {}) do
      local seq = last - before + first + i
      local _, start = open(element)
      local at = start and match(element, '^"at":"([^" ]*)"', start)
      local body = at and bodyDigest(sub(element, start)) or sub(redis.sha1hex(element), 1, 16)
      entries[#entries + 1] = seq .. ',' .. sub(redis.sha1hex(idOf(element, seq)), 1, 16) .. body .. (at or '') .. ' '
    end
    gone = table.concat(entries)
  end
  local oldest = match(gone, '^(%d+),')
  while oldest and tonumber(oldest) <= beyond do
    gone = sub(gone, find(gone, ' ', 1, true) + 1)
    oldest = match(gone, '^(%d+),')
  end
end

local elements = {}
for i = 1, count do elements[i] = '{"seq":' .. (last + i) .. ',' .. message(i) end
if recent then
  recent = sub(recent .. table.concat(digests), -HORIZON * WIDTH)
  elements[count] = '{"seq":' .. (last + count) .. ',"recent":"' .. recent .. '",'
    .. (gone ~= '' and '"gone":"' .. gone .. '",' or '') .. message(count)
end

local size = call('RPUSH', key, unpack(elements))
if drop > 0 then
  call('LTRIM', key, drop, -1)
  size = size - drop
end
local ttl = from == 'f' and call('PTTL', key) or -1
if ttl < 0 then
  ttl = period
  local refused = pcall_('PEXPIRE', key, ttl)
  if type(refused) == 'table' then
    -- Nothing may begin without a time to live.
    if not tail then call('UNLINK', key) end
    return refused
  end
end
return {last + 1, size, ttl, 'new'}
