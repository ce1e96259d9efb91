-- Sets or forgets what a limit allows, and lets through whoever may go now.
-- KEYS     limits held: starts: waiters: waitlanes: blocked opening meta job: more: ready: lanes idle: wake
-- ARGV     's' set by an operator or 'd' declared, name, rule (see _gate) or '' to forget it
-- Returns  1 when something changed
-- Events   wake-ups
-- Flags    allow-oom
-- Uses     _time _record _lane _gate
local field = ARGV[1] .. ARGV[2]
local was = redis.call('HGET', K_limits, field) or ''
if was == ARGV[3] then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', K_limits, field)
else
  redis.call('HSET', K_limits, field, ARGV[3])
end
open_gate('c' .. ARGV[2])
return 1
