-- Accepting one job: new → Queued, or Scheduled when due later.
-- KEYS (of the script that uses it): job:, unique:, expiring, and those of _giveway, _lane and _due. ARGV: none. Needs _time, _record, _giveway, _lane, _due.
-- Returns a function. Publishes wake-ups.

-- Due and unique may be ''. Says the id of the job that is there instead, nothing when it was accepted.
local function accept(id, record, queue, priority, due, unique)
  if redis.call('EXISTS', K_job .. id) == 1 and not gave_way(id) then
    return id
  end
  if unique ~= '' then
    local holder = holder_of(unique)
    if holder then
      return holder
    end
    redis.call('SET', K_unique .. unique, id)
  end
  redis.call('SET', K_job .. id, record)
  if has_rules(record) then
    local _, expires = rules(record)
    if expires ~= '' then
      redis.call('ZADD', K_expiring, expires, id)
    end
  end
  if due ~= '' and tonumber(due) > now then
    schedule(id, queue, due)
  else
    push('RPUSH', queue, priority, id)
    wake(queue, 1)
  end
end
