-- Appends to one conversation all messages, or to each of several conversations one. See append.lua for the arguments.
-- With several, one argument more says for each by how many ms it may begin later than ARGV[1] says.
-- Gives an answer for each, then the server's time. An answer is the new message's number if the length is the same, or
-- what append.lua gives, or {'late'}, or {error, 'failed'}: what befalls one conversation is not the others' business.
local several = #KEYS > 1
local spare = now > deadline and string.gmatch(ARGV[#ARGV], '%d+')

-- The ordinary append is done here, and pays for nothing else: one message, no cap, no condition, a period that starts
-- anew, behind a last element of ours. If that has a trail the id must not be in it; if not, the id must be new.
local period, ids = string.match(header, '^[ma](%d+) 0 (%a) $')
local ordinary = period and (several or #ARGV == 2)

local function appendOrdinary(key, tail, message)
  local trail = ''
  local seq = string.match(tail, '^{"seq":(%d+),"at":')
  if not seq then
    local from
    seq, from = string.match(tail, '^{"seq":(%d+),"recent":"()')
    local stop = seq and string.find(tail, '"', from, true)
    if not stop or string.sub(tail, stop, stop + 6) ~= '","at":' then return nil end
    local recent, digest = string.sub(tail, from, stop - 1), digestOf(idIn(message))
    if string.find(recent, digest, 1, true) then return nil end
    redis.call('LSET', key, '-1', '{"seq":' .. seq .. string.sub(tail, stop + 1))
    trail = '"recent":"' .. string.sub(recent, -127 * WIDTH) .. digest .. '",'
  elseif ids ~= 'n' then
    return nil
  end
  local number = seq + 1
  local size = redis.call('RPUSH', key, '{"seq":' .. number .. ',' .. trail .. message)
  redis.call('PEXPIRE', key, period)
  if size == number then return number end
  return {number, size, tonumber(period), 'new'}
end

local function answer(i)
  if spare and now > deadline + tonumber(spare()) then return {'late'} end
  local tail
  if ordinary then
    tail = redis.pcall('LINDEX', KEYS[i], '-1')
    local number = type(tail) == 'string' and appendOrdinary(KEYS[i], tail, ARGV[i + 1])
    if number then return number end
  end
  return append(KEYS[i], i + 1, several and 1 or #ARGV - 1, tail)
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
