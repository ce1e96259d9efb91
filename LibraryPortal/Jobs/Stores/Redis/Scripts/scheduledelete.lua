-- Forgets a schedule. Jobs it has fired go on.
-- KEYS     schedules schedule: schedulewaiting wake
-- ARGV     name, revision seen
-- Returns  1, or 0 when it is at another revision
-- Events   a wake-up for schedulers
-- Flags    allow-oom
local key = K_schedule .. ARGV[1]
if redis.call('HGET', key, 'rev') ~= ARGV[2] then
  return 0
end
redis.call('DEL', key)
redis.call('ZREM', K_schedules, ARGV[1])
redis.call('SREM', K_schedulewaiting, ARGV[1])
redis.call('PUBLISH', K_wake, 'S')
return 1
