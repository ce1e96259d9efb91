-- Lets an ended job begin anew with fresh counters: Failed, Quarantined, Cancelled, Expired → Queued; in a flow Waiting, if those before it have not ended.
-- A flow that was stopped is taken up as a whole.
-- KEYS     flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     id; or id, when it ended in ms as the caller has seen it, and its live record with other arguments
-- Returns  letter (Q queued, N not retryable or its unique key is taken, U unknown), first line of the record
-- Events   wake-ups; events of other jobs of the flow; the caller tells of the job
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps _retry
local id = ARGV[1]
local record = redis.call('GET', K_job .. id)
if not record then
  return { 'U', '' }
end
if not dead_names[string.sub(record, 1, 1)] then
  return { 'N', first_line(record) }
end
if ARGV[2] then
  -- The outcome has no arguments in it, so it parses.
  if cjson.decode(string.match(record, '^[^\n]*\n[^\n]*\n([^\n]*)')).t ~= tonumber(ARGV[2]) then
    return { 'N', first_line(record) }
  end
  edited[id] = ARGV[3]
end
local queued = retry_job(id, record)
work_on_flows()
return { queued and 'Q' or 'N', first_line(record) }
