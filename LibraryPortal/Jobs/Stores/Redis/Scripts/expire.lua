-- Ends jobs that have not started by their expiry: Waiting, Scheduled, Queued → Expired.
-- KEYS     flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     none
-- Returns  how much is left to do (0: nothing), then for each job: id, E, first line of its record
-- Events   wake-ups; events of other jobs of their flows; the caller tells of the jobs
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _expiry _cancel _replay _tell _flow _flowsteps _overdue
local reply = { 0 }
local more = end_overdue(reply)
-- Also what other calls left over in flows.
take_left_steps()
work_on_flows()
reply[1] = (more and 1 or 0) + redis.call('ZCARD', K_flowwork)
return reply
