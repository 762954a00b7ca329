-- Stands in front of every script that writes. ARGV[1] begins with a number and a space: until when somebody waits for
-- it, in ms by the server's clock. What begins later was given up, and perhaps repeated, so it must do nothing. Gives
-- {'late', the server's time}.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local deadline, header = string.match(ARGV[1], '^(%d+) (.*)$')
deadline = tonumber(deadline)
if now > deadline and #KEYS == 1 then return {'late', now} end
