-- The ordinary append, before everything else so that it pays for nothing else: one message, no cap, no condition, a
-- period that starts anew, behind a last element of ours, with an id that the trail does not hold. What is not that
-- goes on to the full script below; see there for the layout, the arguments and the answers.
local anew = #ARGV == 2 and string.match(header, '^[ma](%d+) 0 $')
local tail = anew and redis.pcall('LINDEX', KEYS[1], -1)
if type(tail) == 'string' then
  local _, at, seq = string.find(tail, '^{"seq":(%d+),"recent":"')
  local stop = at and string.find(tail, '"', at + 1, true)
  if stop and string.sub(tail, stop, stop + 6) == '","at":' then
    local recent = string.sub(tail, at + 1, stop - 1)
    if not string.find(recent, string.sub(ARGV[2], 1, 3), 1, true) then
      redis.call('LSET', KEYS[1], -1, '{"seq":' .. seq .. string.sub(tail, stop + 1))
      local next = seq + 1
      local size = redis.call('RPUSH', KEYS[1], '{"seq":' .. next .. ',"recent":"'
        .. string.sub(recent, -381) .. ARGV[2])
      redis.call('PEXPIRE', KEYS[1], anew)
      return {next, size, tonumber(anew), 'new', now}
    end
  end
end
