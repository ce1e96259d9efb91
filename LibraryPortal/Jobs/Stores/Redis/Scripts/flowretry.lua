-- Takes an ended flow up again: each of its jobs that did not succeed → Queued or Waiting, with fresh counters.
-- KEYS     flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     flow
-- Returns  letter: O done, N it has not ended or all succeeded, U unknown
-- Events   wake-ups; events of the jobs changed
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps
local f = redis.call('HMGET', K_flow .. ARGV[1], 'pol', 't', 's', 'n')
if not f[1] then
  return 'U'
end
if not f[2] or f[3] == f[4] then
  return 'N'
end
revive_flow(ARGV[1])
work_on_flows()
return 'O'
