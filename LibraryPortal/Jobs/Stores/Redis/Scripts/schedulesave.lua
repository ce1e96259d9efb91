-- Writes the definition of a schedule over the revision its author has seen.
-- KEYS     schedules schedule: schedulewaiting wake
-- ARGV     name, revision seen (0: there must be none), definition, '1' when it is active, '1' when everything up to now counts as dealt with
-- Returns  1, or 0 when it is at another revision
-- Events   a wake-up for schedulers
-- Flags    allow-oom
-- Uses     _time _schedule
local name, seen = ARGV[1], ARGV[2]
local key = K_schedule .. name
local revision = redis.call('HGET', key, 'rev')
if (revision or '0') ~= seen then
  return 0
end
redis.call('HSET', key, 'rev', next_revision(revision), 'def', ARGV[3])
if not revision or ARGV[5] == '1' then
  redis.call('HSET', key, 'cur', now)
  redis.call('HDEL', key, 'wait')
  redis.call('SREM', K_schedulewaiting, name)
end
-- An active one is looked at at once; whoever looks works out when it is due.
redis.call('ZADD', K_schedules, ARGV[4] == '1' and now or '+inf', name)
redis.call('PUBLISH', K_wake, 'S')
return 1
