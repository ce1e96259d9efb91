-- Housekeeping of a bounded size: ended jobs whose time is over are forgotten, empty lanes leave the index, ghosts leave their lanes.
-- KEYS     job: ready: lanes ghosts done dead: expiry meta
-- ARGV     ended jobs, about
-- Returns  how many were forgotten
-- Events   none
-- Flags    allow-oom
-- Uses     _time _dead _expire _ghost
local jobs = expire(tonumber(ARGV[1]))
for _, lane in ipairs(redis.call('SMEMBERS', K_lanes)) do
  if redis.call('EXISTS', K_ready .. lane) == 0 then
    redis.call('SREM', K_lanes, lane)
  end
end
if redis.call('EXISTS', K_ghosts) == 1 then
  for _, id in ipairs(redis.call('HRANDFIELD', K_ghosts, 16)) do
    lay_ghost(id)
  end
end
return jobs
