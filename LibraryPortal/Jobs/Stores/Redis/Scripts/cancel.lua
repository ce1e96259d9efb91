-- Cancels a job that has not ended: Waiting, Scheduled, Queued → Cancelled at once; Running is marked and its worker told.
-- KEYS     job: more: workers worker: commands: wake ready: due parked: parkednames unique: dead: expiry ghosts outcomes flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events lanes idle: waiting log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     id
-- Returns  letter (C cancelled, R requested, F already final, U unknown), first line of the record
-- Events   a command wake-up for the worker; events of other jobs of its flow; the caller tells of the job
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps
local letter, line = cancel_job(ARGV[1])
work_on_flows()
return { letter, line }
