-- Cancels a job that has not ended: Scheduled, Queued → Cancelled at once; Running is marked and its worker told.
-- KEYS     job: more: workers worker: commands: wake ready: due parked: parkednames unique: dead: expiry ghosts outcomes
-- ARGV     id
-- Returns  letter (C cancelled, R requested, F already final, U unknown), first line of the record
-- Events   a command wake-up for the worker; the caller tells of the job
-- Flags    allow-oom
-- Uses     _time _record _owned _dead _outcomes _final _cancel
local letter, line = cancel_job(ARGV[1])
return { letter, line }
