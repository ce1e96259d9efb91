-- Reads schedules.
-- KEYS     schedules schedule:
-- ARGV     a name; or nothing for all
-- Returns  a list of rows as _schedule.lua has them
-- Flags    no-writes
-- Uses     _time _schedule
local names = #ARGV > 0 and ARGV or redis.call('ZRANGE', K_schedules, 0, -1)
local rows = {}
for _, name in ipairs(names) do
  rows[#rows + 1] = schedule_row(name)
end
return rows
