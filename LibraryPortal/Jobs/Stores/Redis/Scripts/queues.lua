-- The lanes with the first job of each, and the queues that are paused.
-- KEYS     job: more: ready: lanes paused
-- ARGV     none
-- Returns  for each lane that is not empty: its name, its length, the record of its first job, when that was due for a retry or '';
--          for each paused queue: its name and a colon, -1, since when in ms, ''
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
local paused = redis.call('HGETALL', K_paused)
for i = 1, #paused, 2 do
  for _, value in ipairs({ paused[i] .. ':', -1, paused[i + 1], '' }) do
    reply[#reply + 1] = value
  end
end
return reply
