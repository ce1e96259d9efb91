-- Goes on with what calls before left over in flows, so far as one call may.
-- KEYS     flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     none
-- Returns  how many flows have something left
-- Events   wake-ups; events of the jobs changed
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps
take_left_steps()
work_on_flows()
return redis.call('ZCARD', K_flowwork)
