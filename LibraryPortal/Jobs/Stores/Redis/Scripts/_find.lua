-- Finding one job, wherever it is.
-- KEYS (of the script that uses it): job:, due, waiting, worker:, and those of _making and _row. ARGV: none. Needs _time, _record, _making, _row. Returns a function.

-- A row (see _row), or nothing.
local function find_row(id)
  local record = redis.call('GET', K_job .. id)
  if not record then
    return nil
  end
  if not is_live(record) then
    return row(id, record, string.sub(record, 1, 1))
  end
  local due = redis.call('ZSCORE', K_due, id)
  if due then
    return row(id, record, 'D', nil, nil, due)
  end
  if flow_of(record) and redis.call('ZSCORE', K_waiting, id) then
    return not flow_in_the_making(id) and row(id, record, 'A') or nil
  end
  for _, worker in ipairs(redis.call('ZRANGE', K_workers, 0, -1)) do
    local claim = redis.call('HGET', K_worker .. worker, id)
    if claim then
      return row(id, record, 'R', worker, string.sub(claim, 1, 19))
    end
  end
  return row(id, record, 'W')
end
