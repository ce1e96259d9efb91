-- Finds the active schedules to look at now.
-- KEYS     schedules schedule: schedulewaiting job: meta
-- ARGV     how many at most, ms by which the clock must have been set back for cursors to be wrong
-- Returns  now in ms, ms until the next one is to be looked at or -1, '1' when some due time waits, then rows as _schedule.lua has them
-- Events   none
-- Flags    allow-oom
-- Uses     _time _record _schedule
local limit = tonumber(ARGV[1])

-- After the clock was set far back nothing would be looked at until it has caught up: look at all, once.
local looked = tonumber(redis.call('HGET', K_meta, 'looked') or 0)
if looked > now + tonumber(ARGV[2]) then
  for _, name in ipairs(redis.call('ZRANGE', K_schedules, '-inf', '(+inf', 'BYSCORE')) do
    redis.call('ZADD', K_schedules, now, name)
  end
end
redis.call('HSET', K_meta, 'looked', now)

local reply, seen = { 0, 0, '' }, {}
local function add(name)
  if not seen[name] and #reply - 3 < limit then
    seen[name] = true
    reply[#reply + 1] = schedule_row(name)
  end
end

for _, name in ipairs(redis.call('ZRANGE', K_schedules, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)) do
  add(name)
end
for _, name in ipairs(redis.call('SMEMBERS', K_schedulewaiting)) do
  reply[3] = '1'
  local last = redis.call('HGET', K_schedule .. name, 'job')
  if not last or not is_live(redis.call('GETRANGE', K_job .. last, 0, 0)) then
    add(name)
  end
end

local next = redis.call('ZRANGE', K_schedules, '(' .. now, '(+inf', 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')
reply[1] = now
reply[2] = next[2] and tonumber(next[2]) - now or -1
return reply
