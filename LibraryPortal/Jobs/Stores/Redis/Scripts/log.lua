-- Reads the log of a job.
-- KEYS     log:
-- ARGV     id
-- Returns  ms, line, ms, line ...
-- Events   none
-- Flags    no-writes
local reply = {}
for _, entry in ipairs(redis.call('XRANGE', K_log .. ARGV[1], '-', '+')) do
  reply[#reply + 1] = entry[2][2]
  reply[#reply + 1] = entry[2][4]
end
return reply
