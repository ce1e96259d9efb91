-- The store's clock. KEYS, ARGV: none. Returns (to the script that uses it): now in whole milliseconds, stamp in microseconds as text.
-- The stamp tells one claim from every other of the same job: two scripts never run in the same microsecond.
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local stamp = clock[1] .. string.format('%06d', clock[2])
