-- Takes back a flow that was not accepted, in bites.
-- KEYS     job: more: unique: waiting flow: flowplan: flowended: flowsteps: flows: flowstaged flowexpiry
-- ARGV     flow
-- Returns  1 when there is more to take back
-- Events   none
-- Flags    allow-oom
-- Uses     _time _record _forgetflow
if not redis.call('ZSCORE', K_flowstaged, ARGV[1]) then
  return 0
end
return take_back(ARGV[1], 256) and 1 or 0
