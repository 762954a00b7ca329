-- Clears, in two steps, so that a request that arrives long after it was repeated removes nothing newer.
-- ARGV[1] behind the time of late.lua: nothing to ask where the conversation ends; then number:id of that message.
--
-- Gives {'cleared'}; or {last number, its id, 'ends'}, with which to come back.
local tail = pcall_('LINDEX', key, -1)
if type(tail) == 'table' then
  -- What is no conversation has nothing to be recognised by.
  if otherType(tail) or #legacy == 0 then
    if find(tail.err, 'WRONGTYPE', 1, true) then
      call('UNLINK', key)
      return {'cleared'}
    end
    return tail
  end
  tail = legacy[#legacy]
end
if not tail then return {'cleared'} end

local last = lastNumber(tail)
local number, id = match(header, '^(%d+):(.*)$')
number = tonumber(number)
local before = last - length()
if not number or number <= before then return {last, idOf(tail, last), 'ends'} end
-- Where it ended there is nothing or another message now: somebody else has cleared it since.
if number <= last then
  local element = range(number - before - 1, number - before - 1)[1]
  if idOf(element, number) == id then call('UNLINK', key) end
end
return {'cleared'}
