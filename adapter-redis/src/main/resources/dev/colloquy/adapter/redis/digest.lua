-- The trail in the last element has a digest of the id of each of the latest HORIZON messages: 18 bits, in WIDTH digits.
-- Digests that differ show that ids differ.
local HORIZON, WIDTH = 128, 3
local DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

local function digestOf(id)
  local hash = 0
  -- 262139 is the largest prime below 2^18.
  local bytes = {string.byte(id, 1, -1)}
  for i = 1, #bytes do hash = (hash * 131 + bytes[i]) % 262139 end
  local low, middle = hash % 64, math.floor(hash / 64) % 64
  local high = math.floor(hash / 4096)
  return string.sub(DIGITS, high + 1, high + 1) .. string.sub(DIGITS, middle + 1, middle + 1)
    .. string.sub(DIGITS, low + 1, low + 1)
end

-- The id in a message of ours, which begins with its time.
local function idIn(message)
  return string.match(message, '^"at":"[^"]*","id":"([^"]*)"')
end
