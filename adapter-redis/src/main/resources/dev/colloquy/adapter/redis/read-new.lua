-- Reads of each of several conversations what is new behind an element that the caller knows. An argument for each key:
-- how that element begins, {"seq":12,"at":"...","id":"..." . Only of conversations of which nothing was dropped, so that
-- an element's number is its place.
--
-- Gives for each the time to live in ms if nothing is new; or {time to live, the new elements ..., 'new'}; or {} if the
-- element is not there any more, too much is new, or a new one has the trail. Then the server's time.
--
-- With a trail (common.lua) the element may be another one that begins alike: one of before a clear, appended once more
-- because its append had no answer. That begins a trail, at the element itself or from then on at one behind it.
local MOST_NEW, MOST_BYTES = 32, 1048576
local bytes = 0

-- Not with string.sub, as Redis' Lua hashes every string it makes.
local function begins(element, known)
  return string.find(element, known, 1, true) == 1
end

local function ofKey(key, known)
  local tail = redis.pcall('LINDEX', key, '-1')
  if type(tail) ~= 'string' then return {} end
  local number = tonumber(string.match(known, '^{"seq":(%d+),'))
  local size = redis.call('LLEN', key)
  if size == number and begins(tail, known) then return redis.call('PTTL', key) end
  if size <= number or size > number + MOST_NEW or bytes > MOST_BYTES then return {} end
  if not begins(redis.call('LINDEX', key, number - 1), known) then return {} end
  local answer = {redis.call('PTTL', key)}
  for i, new in ipairs(redis.call('LRANGE', key, number, '-1')) do
    if string.find(new, '^{"seq":%d+,"recent":') then return {} end
    answer[i + 1] = new
    bytes = bytes + #new
  end
  answer[#answer + 1] = 'new'
  return answer
end

local answers = {}
for i = 1, #KEYS do
  answers[i] = ofKey(KEYS[i], ARGV[i + 1])
end
local clock = redis.call('TIME')
answers[#KEYS + 1] = clock[1] * 1000 + math.floor(clock[2] / 1000)
return answers
