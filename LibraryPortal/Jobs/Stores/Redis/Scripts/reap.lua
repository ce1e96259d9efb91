-- Gives up workers that were silent too long: Running → Queued (head of the lane, one crash), Quarantined or Cancelled. O(their jobs).
-- KEYS     workers worker: workerinfo: commands: job: more: ready: lanes idle: wake unique: dead: expiry meta outcomes flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events due parked: parkednames ghosts waiting
-- ARGV     silence ms, crashes that quarantine
-- Returns  how many workers are left to give up and flows to go on with, then for each job: id, new state letter (L: queued), first line of its record
-- Events   wake-ups; the caller tells of the jobs
-- Flags    allow-oom
-- Uses     _time _record _lane _due _ghost _owned _dead _outcomes _final _watch _handback _cancel _replay _tell _flow
local silence, quarantine_after = tonumber(ARGV[1]), tonumber(ARGV[2])
local since = watch()
-- A worker that lives beats within two seconds of Redis' return.
if now - since < math.min(silence, 4000) then
  return { 0 }
end
local reply = { 0 }
local silent = redis.call('ZRANGE', K_workers, '-inf', '(' .. now - silence, 'BYSCORE')
for i, worker in ipairs(silent) do
  hand_back(worker, true, quarantine_after, reply)
  if #reply > 3000 then
    reply[1] = #silent - i
    break
  end
end
-- Also what a process that died left over in flows.
take_left_steps()
work_on_flows()
reply[1] = reply[1] + redis.call('ZCARD', K_flowwork)
return reply
