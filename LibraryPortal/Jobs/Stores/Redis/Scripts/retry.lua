-- Lets an ended job begin anew with fresh counters: Failed, Quarantined, Cancelled, Expired → Queued; in a flow Waiting, if those before it have not ended.
-- A flow that was stopped is taken up as a whole.
-- KEYS     flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     id
-- Returns  letter (Q queued, N not retryable or its unique key is taken, U unknown), first line of the record
-- Events   wake-ups; events of other jobs of the flow; the caller tells of the job
-- Uses     _time _record _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow
local id = ARGV[1]
local record = redis.call('GET', K_job .. id)
if not record then
  return { 'U', '' }
end
if not dead_names[string.sub(record, 1, 1)] then
  return { 'N', first_line(record) }
end
local flow = flow_of(record)
local f = flow and redis.call('HMGET', K_flow .. flow, 'pol', 'x', 't') or {}
local queued
if not f[1] then
  queued = replay(id, record)
elseif f[2] then
  queued = f[3]
  if queued then
    revive_flow(flow)
  end
else
  queued = revive_in_flow(flow, id)
  if queued and f[3] then
    reopen_flow(flow)
  end
end
work_on_flows()
return { queued and 'Q' or 'N', first_line(record) }
