-- Registers a worker, with the limits it declares, or renews its lease, and puts parked jobs it can run at the head of their lanes.
-- KEYS     workers worker: workerinfo: commands: job: more: ready: lanes idle: wake parked: parkednames meta limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     worker, '1' for its first beat, what it tells of itself, its queues (a line each), its limits (name, blank and rule, a line each), then the job names it knows
-- Returns  an empty list when it was given up meanwhile; else two lists: the claims it holds (id, stamp, id, stamp ...), the ids it shall cancel
-- Events   wake-ups for released jobs
-- Flags    allow-oom
-- Uses     _time _record _lane _owned _gate _limits _watch
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

if #ARGV > 5 and redis.call('EXISTS', K_parkednames) == 1 then
  local known = redis.call('SMISMEMBER', K_parkednames, unpack(ARGV, 6))
  for i, parked in ipairs(known) do
    if parked == 1 then
      local name = ARGV[5 + i]
      local lanes = {}
      local ids = redis.call('ZRANGE', K_parked .. name, 0, 255)
      for _, id in ipairs(ids) do
        local record = redis.call('GET', K_job .. id)
        if is_live(record) then
          redis.call('HDEL', K_more .. id, 'k')
          local priority, queue = header(record)
          add_to_lane(lanes, queue, priority, id)
        end
      end
      redis.call('ZREM', K_parked .. name, unpack(ids))
      if redis.call('EXISTS', K_parked .. name) == 0 then
        redis.call('SREM', K_parkednames, name)
      end
      for _, lane in ipairs(lanes) do
        push_first(lane.queue, lane.priority, lane.ids)
        wake(lane.queue, #lane.ids)
      end
    end
  end
end

-- A command is for the run it was given to. The same job may have ended, been replayed and claimed again since the last beat.
local cancel = {}
for _, id in ipairs(redis.call('SMEMBERS', K_commands .. worker)) do
  if redis.call('HEXISTS', K_worker .. worker, id) == 1 and redis.call('HEXISTS', K_more .. id, 'x') == 1 then
    cancel[#cancel + 1] = id
  else
    redis.call('SREM', K_commands .. worker, id)
  end
end
return { claims_of(worker), cancel }
