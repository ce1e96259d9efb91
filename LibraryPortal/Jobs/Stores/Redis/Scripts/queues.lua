-- The lanes with the first job of each.
-- KEYS     job: more: ready: lanes
-- ARGV     none
-- Returns  for each lane that is not empty: its name, its length, the record of its first job, when that was due for a retry or ''
-- Events   none
-- Flags    no-writes
local reply = {}
for _, lane in ipairs(redis.call('SMEMBERS', K_lanes)) do
  local id = redis.call('LINDEX', K_ready .. lane, 0)
  local record = id and redis.call('GET', K_job .. id)
  if record then
    for _, value in ipairs({ lane, redis.call('LLEN', K_ready .. lane), record, redis.call('HGET', K_more .. id, 'd') or '' }) do
      reply[#reply + 1] = value
    end
  end
end
return reply
