-- Ends jobs that have not started by their expiry: Waiting, Scheduled, Queued → Expired. Then gives up workers that were silent too long: Running → Queued (head of the lane, one crash), Quarantined or Cancelled. O(their jobs).
-- KEYS     workers worker: workerinfo: commands: job: more: ready: lanes idle: wake unique: dead: expiry meta outcomes flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events due parked: parkednames ghosts waiting log: expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     silence ms, crashes that quarantine
-- Returns  how much is left to do (0: nothing), then for each job: id, new state letter (L: queued, E: expired), first line of its record
-- Events   wake-ups; the caller tells of the jobs
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _watch _withdraw _handback _expiry _cancel _replay _tell _flow _flowsteps _overdue
local silence, quarantine_after = tonumber(ARGV[1]), tonumber(ARGV[2])
local may_judge = watch(silence)
local reply = { 0 }
local more = end_overdue(reply)
-- The clock was set back. Whoever lives beats by the new time; of who died it must not take as long to find out.
for _, worker in ipairs(redis.call('ZRANGE', K_workers, '(' .. now + silence, '+inf', 'BYSCORE')) do
  redis.call('ZADD', K_workers, now, worker)
end
local left = 0
if may_judge then
  local silent = redis.call('ZRANGE', K_workers, '-inf', '(' .. now - silence, 'BYSCORE')
  for i, worker in ipairs(silent) do
    hand_back(worker, true, quarantine_after, reply)
    if #reply > 3000 then
      left = #silent - i
      break
    end
  end
end
-- Also what a process that died left over in flows, or a former version passed over.
look_for_ends_passed_over()
take_left_steps()
work_on_flows()
reply[1] = left + (more and 1 or 0) + redis.call('ZCARD', K_flowwork)
return reply
