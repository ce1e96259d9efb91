-- Takes back an attempt at a flow that was not accepted, in bites.
-- KEYS     job: more: unique: waiting expiring flow: flowplan: flowended: flowsteps: flows: flowstaged flowexpiry
-- ARGV     flow, attempt; or '' for one of a version that did not tell them apart
-- Returns  1 when there is more to take back
-- Events   none
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _forgetflow
if not redis.call('ZSCORE', K_flowstaged, ARGV[1]) or (redis.call('HGET', K_flow .. ARGV[1], 'by') or '') ~= ARGV[2] then
  return 0
end
return take_back(ARGV[1], 256) and 1 or 0
