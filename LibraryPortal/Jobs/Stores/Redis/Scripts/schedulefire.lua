-- Fires due times of a schedule, or lets them wait, or passes them over, and moves the schedule on.
-- KEYS     schedules schedule: schedulewaiting job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts outcomes flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events waiting log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     name, revision seen, overlap (S skip, Q queue, C cancel previous, A allow), how many may wait,
--          cursor afterwards or '', when to look again or '' (never), '1' when the first job below is the one that has waited longest;
--          for each job: due time, id, record, queue, priority, start time or '', unique key or ''
-- Returns  nothing when stale; else due times passed over, due times waiting, a list of the ids fired, and of a job cancelled id, letter (C cancelled,
--          R requested) and first line of the record
-- Events   wake-ups; the caller tells of the jobs
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _accept _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps _schedule
local name, overlap, most = ARGV[1], ARGV[3], tonumber(ARGV[4])
local key = K_schedule .. name
local first, width = 8, 7
if redis.call('HGET', key, 'rev') ~= ARGV[2] then
  return false
end
for at = first, #ARGV, width do
  if tonumber(ARGV[at]) > now then
    return false
  end
end

local last = redis.call('HGET', key, 'job')
local waiting, waits = {}, {}
for due in string.gmatch(redis.call('HGET', key, 'wait') or '', '[^,]+') do
  waiting[#waiting + 1] = due
  waits[due] = true
end
local fired, cancelled, passed_over, last_due = {}, {}, 0, nil

local function is_busy()
  return last and is_live(redis.call('GETRANGE', K_job .. last, 0, 0))
end

local function fire(at)
  local id = ARGV[at + 1]
  lay_ghost(id)
  local holder = accept(id, unpack(ARGV, at + 2, at + 6))
  if not holder then
    fired[#fired + 1] = id
    last, last_due = id, ARGV[at]
  elseif holder ~= id then -- another job has its unique key
    passed_over = passed_over + 1
  end
end

local function wait(due)
  if waits[due] then
    return
  end
  if #waiting < most then
    waiting[#waiting + 1] = due
    waits[due] = true
  else
    passed_over = passed_over + 1
  end
end

if ARGV[7] == '1' then
  if ARGV[first] == waiting[1] and not is_busy() then
    table.remove(waiting, 1)
    fire(first)
  end
  first = first + width
end

local count = (#ARGV - first + 1) / width
if overlap == 'S' and count > 0 and is_busy() then
  passed_over = passed_over + count
elseif (overlap == 'S' or overlap == 'C') and count > 0 then
  if overlap == 'C' and last then
    local letter, line = cancel_job(last)
    if letter == 'C' or letter == 'R' then
      cancelled = { last, letter, line }
    end
  end
  passed_over = passed_over + count - 1
  fire(first + (count - 1) * width)
else
  for at = first, #ARGV, width do
    if overlap == 'Q' and (#waiting > 0 or is_busy()) then
      wait(ARGV[at])
    else
      fire(at)
    end
  end
end

redis.call('HSET', key, 'rev', next_revision(ARGV[2]), 'wait', table.concat(waiting, ','))
if last_due then
  redis.call('HSET', key, 'due', last_due, 'at', now, 'job', last)
  redis.call('HINCRBY', key, 'n', #fired)
end
if passed_over > 0 then
  redis.call('HINCRBY', key, 'over', passed_over)
end
redis.call(#waiting > 0 and 'SADD' or 'SREM', K_schedulewaiting, name)
if ARGV[5] ~= '' then
  redis.call('HSET', key, 'cur', ARGV[5])
  redis.call('ZADD', K_schedules, ARGV[6] ~= '' and ARGV[6] or '+inf', name)
end
work_on_flows()
return { passed_over, #waiting, fired, cancelled }
