-- Takes a stopping worker off the list: what it still owns goes back to the head of its lanes with no crash counted.
-- KEYS     workers worker: workerinfo: commands: job: more: ready: lanes idle: wake unique: dead: expiry outcomes flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events due parked: parkednames ghosts waiting log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     worker
-- Returns  for each job: id, new state letter (L: queued), first line of its record
-- Events   wake-ups; the caller tells of the jobs
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _handback _cancel _replay _tell _flow _flowsteps
local reply = {}
hand_back(ARGV[1], false, 0, reply)
work_on_flows()
return reply
