-- Cancelling one job that has not ended: Waiting, Scheduled, Queued → Cancelled at once; Running is marked and its worker told.
-- KEYS (of the script that uses it): job:, more:, workers, worker:, commands:, wake, and those of _making, _withdraw and _final. ARGV: none.
-- Needs _time, _record, _making, _owned, _dead, _final, _withdraw. Returns a function. Publishes a command wake-up for the worker.

-- Says a letter (C cancelled, R requested, F already final, U unknown) and the first line of the record.
local function cancel_job(id)
  local record = redis.call('GET', K_job .. id)
  if not record or flow_in_the_making(id) then
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

  local past = redis.call('HMGET', K_more .. id, 'a', 'c', 'e', 'w', 's')
  withdraw(id, record)
  close(id, record, 'C', {
    n = tonumber(past[1] or 0), c = tonumber(past[2] or 0), e = past[3] or nil, w = past[4] or nil, s = past[5] or nil, x = 1,
  })
  return 'C', first_line(record)
end
