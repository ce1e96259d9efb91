-- The store's clock. KEYS, ARGV: none. Returns (to the script that uses it): now in whole milliseconds, micros in microseconds as text.
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local micros = clock[1] .. string.format('%06d', clock[2])
