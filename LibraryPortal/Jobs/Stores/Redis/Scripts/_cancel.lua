-- Cancelling one job that has not ended: Waiting, Scheduled, Queued → Cancelled at once; Running is marked and its worker told.
-- KEYS (of the script that uses it): job:, more:, workers, worker:, commands:, wake, ready:, due, parked:, parkednames, ghosts, waiting, and those of _final. ARGV: none.
-- Needs _time, _record, _owned, _dead, _final. Returns a function. Publishes a command wake-up for the worker.

-- Says a letter (C cancelled, R requested, F already final, U unknown) and the first line of the record.
local function cancel_job(id)
  local record = redis.call('GET', K_job .. id)
  if not record then
    return 'U', ''
  end
  if not is_live(record) then
    return 'F', first_line(record)
  end

  for _, worker in ipairs(redis.call('ZRANGE', K_workers, 0, -1)) do
    local stamp = redis.call('HGET', K_worker .. worker, id)
    if stamp then
      redis.call('HSET', K_more .. id, 'x', 1)
      mark_more(id)
      mark_claim(worker, id, string.sub(stamp, 1, 19))
      redis.call('SADD', K_commands .. worker, id)
      redis.call('PUBLISH', K_wake, 'C ' .. worker)
      return 'R', first_line(record)
    end
  end

  -- A job of a flow may wait for others.
  local waits = flow_of(record) and redis.call('ZREM', K_waiting, id) == 1
  local priority, queue, name = header(record)
  local past = redis.call('HMGET', K_more .. id, 'a', 'c', 'k', 'e', 'w', 's')
  if past[3] then
    redis.call('ZREM', K_parked .. name, id)
    if redis.call('EXISTS', K_parked .. name) == 0 then
      redis.call('SREM', K_parkednames, name)
    end
  elseif not waits and redis.call('ZREM', K_due, id) == 0 then
    local lane = queue .. ':' .. priority
    -- Searching a long list would hold up everyone; there the id stays behind as a ghost.
    if redis.call('LLEN', K_ready .. lane) <= 10000 then
      redis.call('LREM', K_ready .. lane, 1, id)
    else
      redis.call('HSET', K_ghosts, id, lane)
    end
  end
  close(id, record, 'C', {
    n = tonumber(past[1] or 0), c = tonumber(past[2] or 0), e = past[4] or nil, w = past[5] or nil, s = past[6] or nil, x = 1,
  })
  return 'C', first_line(record)
end
