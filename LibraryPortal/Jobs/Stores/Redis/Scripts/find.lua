-- One job as it is now.
-- KEYS     job: more: due waiting workers worker: workerinfo: paused expiry flow:
-- ARGV     id
-- Returns  a row (see _row), or nothing
-- Events   none
-- Flags    no-writes
-- Uses     _time _record _making _row _find
local row = find_row(ARGV[1])
-- Over, though nobody has taken it away yet. Of successes the caller sees to it.
local over = row and redis.call('ZSCORE', K_expiry, row[1] .. ARGV[1])
return row and not (over and tonumber(over) <= now) and row or false
