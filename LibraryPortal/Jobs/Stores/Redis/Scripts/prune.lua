-- Housekeeping of a bounded size: ended jobs whose time is over are forgotten, empty lanes leave the index, ghosts leave their lanes, flows whose time is
-- over are forgotten, and flows whose making broke off ten minutes ago are taken back, limits that no worker declares any more are out of force, and so many outcomes that
-- nobody carried into the history are forgotten.
-- KEYS     job: more: unique: waiting expiring flow: flowplan: flowended: flowsteps: flows: flowstaged flowexpiry ready: lanes ghosts done dead: expiry meta outcomes workers workerinfo: limits held: starts: waiters: waitlanes: blocked opening idle: wake
-- ARGV     ended jobs, about; flows
-- Returns  how many jobs and flows were forgotten, 1 when there may be more
-- Events   wake-ups
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _dead _outcomes _expire _ghost _forgetflow _lane _gate _limits
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
local flows = forget_flows(tonumber(ARGV[2]))
local broken_off = redis.call('ZRANGE', K_flowstaged, '-inf', now - 600000, 'BYSCORE', 'LIMIT', 0, 2)
for _, flow in ipairs(broken_off) do
  take_back(flow, 256)
end
withdraw_limits()
-- As many as there may be records of jobs that were not told: what is older has none any more, or was replayed again and again.
redis.call('XTRIM', K_outcomes, 'MAXLEN', KEEP_UNTOLD_SUCCEEDED + KEEP_UNTOLD_DEAD)
return { jobs + flows, (jobs >= tonumber(ARGV[1]) or flows == tonumber(ARGV[2]) or #broken_off > 0) and 1 or 0 }
