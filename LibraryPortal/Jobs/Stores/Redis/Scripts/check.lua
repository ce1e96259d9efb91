-- Writes something that is forgotten again, to see whether Redis takes writes.
-- KEYS     check
-- ARGV     none
-- Returns  1
-- Events   none
-- Flags    allow-oom
redis.call('SET', K_check, '1', 'EX', 60)
return 1
