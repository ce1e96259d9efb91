-- Registers a worker, with the limits it declares, or renews its lease, and puts parked jobs it can run at the head of their lanes.
-- KEYS     workers worker: workerinfo: commands: job: more: ready: lanes idle: wake parked: parkednames meta limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     worker, '1' for its first beat, what it tells of itself, its queues (a line each), its limits (name, blank and rule, a line each), then the job names it knows
-- Returns  an empty list when it was given up meanwhile; else two lists: the claims it holds (id, stamp, id, stamp ...), the ids it shall cancel; and 1 when more parked jobs may be released
-- Events   wake-ups for released jobs
-- Flags    allow-oom
-- Uses     _time _record _lane _owned _gate _limits _watch _unpark
local worker = ARGV[1]
watch()
if ARGV[2] ~= '1' and not redis.call('ZSCORE', K_workers, worker) then
  return {}
end
redis.call('ZADD', K_workers, now, worker)
if ARGV[2] == '1' then
  open_claims(worker)
  local names = {}
  for name, rule in string.gmatch(ARGV[5], '(%S+) ([^\n]+)') do
    names[#names + 1] = name
    set_rule('d' .. name, rule)
  end
  redis.call('HSET', K_workerinfo .. worker, 'limits', table.concat(names, '\n'))
  withdraw_limits()
end
redis.call('HSET', K_workerinfo .. worker, 'about', ARGV[3], 'queues', ARGV[4])

local more_parked = unpark(6)

-- A command is for the run it was given to. The same job may have ended, been replayed and claimed again since the last beat.
local cancel = {}
for _, id in ipairs(redis.call('SMEMBERS', K_commands .. worker)) do
  if redis.call('HEXISTS', K_worker .. worker, id) == 1 and redis.call('HEXISTS', K_more .. id, 'x') == 1 then
    cancel[#cancel + 1] = id
  else
    redis.call('SREM', K_commands .. worker, id)
  end
end
return { claims_of(worker), cancel, more_parked and 1 or 0 }
