-- Forgets a job that ended without success.
-- KEYS     job: dead: expiry flow: outcomes
-- ARGV     id
-- Returns  letter (D discarded, N it did not end so, P part of a flow that is still kept, U unknown)
-- Events   none
-- Flags    allow-oom
-- Uses     _record _dead _outcomes _discard
local record = redis.call('GET', K_job .. ARGV[1])
if not record then
  return 'U'
end
if not dead_names[string.sub(record, 1, 1)] then
  return 'N'
end
return discard(ARGV[1], record) and 'D' or 'P'
