-- Writes how far running jobs are; of a job the worker does not own it is dropped.
-- KEYS     worker: job: more:
-- ARGV     worker, n, n × id, n × (stamp, progress)
-- Returns  for each the beginning of its record, '' when dropped
-- Events   the caller tells of the progress
-- Flags    allow-oom
-- Uses     _record _owned
local n = tonumber(ARGV[2])
local owned = redis.call('HMGET', K_worker .. ARGV[1], unpack(ARGV, 3, 2 + n))
local replies = {}
for i = 1, n do
  local id, at = ARGV[2 + i], 2 + n + 2 * i
  replies[i] = ''
  local stamp = ARGV[at - 1]
  if owned[i] and (owned[i] == stamp or owned[i] == stamp .. '+') then
    if redis.call('HSET', K_more .. id, 'p', ARGV[at]) == 1 then
      mark_more(id)
      mark_claim(ARGV[1], id, stamp)
    end
    replies[i] = redis.call('GETRANGE', K_job .. id, 0, 2047)
  end
end
return replies
