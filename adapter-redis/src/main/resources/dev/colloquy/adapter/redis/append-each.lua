-- Appends to one conversation or to several, to each as many messages. See append.lua for the arguments. With several, one
-- argument more says for each by how many ms it may begin later than ARGV[1] says.
-- Gives an answer for each, then the server's time. An answer is the first new number if the length is the same, or
-- what append.lua gives, or {'late'}, or {error, 'failed'}: what befalls one conversation is not the others' business.
local several = #KEYS > 1
local count = several and (#ARGV - 2) / #KEYS or #ARGV - 1
local spare = now > deadline and string.gmatch(ARGV[#ARGV], '%d+')

-- The ordinary append is done here, and pays for nothing else: no cap, no condition, a period that starts anew, behind a
-- last element of ours. If that has a trail, the id of a single message must not be in it; if not, the ids must be new.
local period, ids = string.match(header, '^[ma](%d+) 0 (%a) $')

local function appendOrdinary(key, tail, start)
  local message, trail = ARGV[start], ''
  local seq = string.match(tail, '^{"seq":([1-9]%d*),"at":')
  if not seq then
    if count > 1 then return nil end
    local from
    seq, from = string.match(tail, '^{"seq":([1-9]%d*),"recent":"()')
    local stop = seq and string.find(tail, '"', from, true)
    if not stop or #seq > 13 or string.sub(tail, stop, stop + 6) ~= '","at":' then return nil end
    local recent, digest = string.sub(tail, from, stop - 1), digestOf(idIn(message))
    if string.find(recent, digest, 1, true) then return nil end
    redis.call('LSET', key, '-1', '{"seq":' .. seq .. string.sub(tail, stop + 1))
    trail = '"recent":"' .. string.sub(recent, (1 - HORIZON) * WIDTH) .. digest .. '",'
  elseif ids ~= 'n' or #seq > 13 then
    return nil
  end
  local number, size = seq + 1, nil
  if count == 1 then
    size = redis.call('RPUSH', key, '{"seq":' .. number .. ',' .. trail .. message)
  else
    local elements = {}
    for i = 1, count do elements[i] = '{"seq":' .. (seq + i) .. ',' .. ARGV[start + i - 1] end
    size = redis.call('RPUSH', key, unpack(elements))
  end
  redis.call('PEXPIRE', key, period)
  if size == number then return number end
  return {number, size, tonumber(period), 'new'}
end

local function answer(i)
  if spare and now > deadline + tonumber(spare()) then return {'late'} end
  local start, tail = (i - 1) * count + 2, nil
  if period then
    tail = redis.pcall('LINDEX', KEYS[i], '-1')
    local given = type(tail) == 'string' and appendOrdinary(KEYS[i], tail, start)
    if given then return given end
  end
  return append(KEYS[i], start, count, tail)
end

local answers = {}
for i = 1, #KEYS do
  local done, given = pcall(answer, i)
  if type(given) == 'table' and given.err then
    given = {given.err, 'failed'}
  elseif not done then
    given = {tostring(given), 'failed'}
  end
  answers[i] = given
end
answers[#KEYS + 1] = now
return answers
