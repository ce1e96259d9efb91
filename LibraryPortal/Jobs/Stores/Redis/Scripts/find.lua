-- One job as it is now.
-- KEYS     job: more: due waiting workers worker: workerinfo: paused
-- ARGV     id
-- Returns  a row (see _row), or nothing
-- Events   none
-- Flags    no-writes
-- Uses     _time _record _row _find
return find_row(ARGV[1]) or false
