-- Stops a flow: no gate of it opens any more, and each of its jobs that has not ended is cancelled.
-- KEYS     flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     flow
-- Returns  letter: O done, F it has ended, U unknown
-- Events   wake-ups for workers; events of the jobs changed
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps
local key = K_flow .. ARGV[1]
local f = redis.call('HMGET', key, 'pol', 't')
if not f[1] then
  return 'U'
end
if f[2] then
  return 'F'
end
redis.call('HSET', key, 'x', 'C')
add_step(ARGV[1], 'S')
work_on_flows()
return 'O'
