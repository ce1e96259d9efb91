-- One job as it is now.
-- KEYS     job: more: due workers worker: workerinfo:
-- ARGV     id
-- Returns  a row (see _row), or nothing
-- Events   none
-- Flags    no-writes
-- Uses     _time _record _row
local id = ARGV[1]
local record = redis.call('GET', K_job .. id)
if not record then
  return false
end
if not is_live(record) then
  return row(id, record, string.sub(record, 1, 1))
end
local due = redis.call('ZSCORE', K_due, id)
if due then
  return row(id, record, 'D', nil, nil, due)
end
for _, worker in ipairs(redis.call('ZRANGE', K_workers, 0, -1)) do
  local claim = redis.call('HGET', K_worker .. worker, id)
  if claim then
    return row(id, record, 'R', worker, string.sub(claim, 1, 19))
  end
end
return row(id, record, 'W')
