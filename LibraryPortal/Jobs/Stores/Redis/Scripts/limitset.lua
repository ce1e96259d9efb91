-- Sets or forgets an operator's rule of a limit, and lets through whoever may go now.
-- KEYS     limits workers workerinfo: held: starts: waiters: waitlanes: blocked opening meta job: more: ready: lanes idle: wake
-- ARGV     name, rule (see _gate) or '' to forget it
-- Returns  1 when something changed
-- Events   wake-ups
-- Flags    allow-oom
-- Uses     _time _record _lane _gate _limits
return set_rule('s' .. ARGV[1], ARGV[2]) and 1 or 0
