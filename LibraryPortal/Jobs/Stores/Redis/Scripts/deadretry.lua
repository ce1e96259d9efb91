-- Walks over dead jobs of one state, oldest first, and replays those that match.
-- KEYS     flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     as _sweep.lua has them, first due ms or '' (at once), ms between them
-- Returns  matched, changed, refused, and where to go on: ended ms, id; or nothing more
-- Events   wake-ups; events of the jobs changed
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps _retry _sweep
local reply = sweep(function(id, record, changed)
  local due = ARGV[10] ~= '' and math.ceil(tonumber(ARGV[10]) + changed * tonumber(ARGV[11])) or nil
  if not retry_job(id, record, due) then
    return false
  end
  tell(id, record, due and due > now and 1 or 2)
  return true
end)
work_on_flows()
return reply
