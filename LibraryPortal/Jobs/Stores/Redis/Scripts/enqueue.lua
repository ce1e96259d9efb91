-- Accepts jobs: new → Queued, or Scheduled when due later.
-- KEYS     job: more: ready: lanes idle: wake due unique: ghosts expiring waiting flow:
-- ARGV     n (jobs without due time, expiry or unique key), g (their lanes); g × (queue, priority, how many); n × (job key, record), n × id, lane after lane;
--          then for each other job: id, record, queue, priority, due ms or '', unique key or ''
-- Returns  a flat list of (position from 1 in the order above, id of the job that is there) for each job not accepted; empty when all were
-- Events   wake-ups; the caller tells of the jobs
-- Uses     _time _record _making _giveway _lane _due _ghost _accept
local n, g = tonumber(ARGV[1]), tonumber(ARGV[2])
local records = 2 + 3 * g
local ids = records + 2 * n
local specials = ids + n
local taken = {}

if redis.call('EXISTS', K_ghosts) == 1 then
  for at = ids + 1, specials do
    lay_ghost(ARGV[at])
  end
  for at = specials + 1, #ARGV, 6 do
    lay_ghost(ARGV[at])
  end
end

local function take(position, id, ...)
  local holder = accept(id, ...)
  if holder then
    taken[#taken + 1] = position
    taken[#taken + 1] = holder
  end
end

if n > 0 then
  -- Either all are new, which is nearly always so and costs one command, or each is looked at.
  local all_new = redis.call('MSETNX', unpack(ARGV, records + 1, ids)) == 1
  local done = 0
  for lane = 0, g - 1 do
    local queue, priority, count = ARGV[3 + 3 * lane], ARGV[4 + 3 * lane], tonumber(ARGV[5 + 3 * lane])
    if all_new then
      push('RPUSH', queue, priority, unpack(ARGV, ids + done + 1, ids + done + count))
      wake(queue, count)
    else
      for i = done + 1, done + count do
        take(i, ARGV[ids + i], ARGV[records + 2 * i], queue, priority, '', '')
      end
    end
    done = done + count
  end
end

for at = specials + 1, #ARGV, 6 do
  take(n + (at - specials + 5) / 6, unpack(ARGV, at, at + 5))
end
return taken
