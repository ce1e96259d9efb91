-- Goes on with what a beat left: puts parked jobs that a worker can run at the head of their lanes.
-- KEYS     job: more: ready: lanes idle: wake parked: parkednames
-- ARGV     the job names it knows
-- Returns  1 when there may be more
-- Events   wake-ups for released jobs
-- Flags    allow-oom
-- Uses     _record _lane _unpark
return unpark(1) and 1 or 0
