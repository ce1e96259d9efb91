-- Letting one ended job begin anew, with fresh counters: Failed, Quarantined, Cancelled, Expired → Queued, Scheduled, or Waiting in its flow.
-- KEYS (of the script that uses it): job:, more:, unique:, dead:, expiry, waiting, outcomes, log:, and those of _giveway, _lane, _due and _ghost. ARGV: none.
-- Needs _time, _record, _giveway, _lane, _due, _ghost, _dead. Returns functions. Publishes wake-ups.

-- id → the live record, with other arguments, that it is to begin anew with.
local edited = {}

-- Whether another job has its unique key.
local function is_taken(record)
  local _, _, _, _, _, unique = header(record)
  return unique ~= '' and holder_of(unique)
end

-- Due is ms or nil. Says the state it is in now (a number of JobState); nothing when another job has its unique key, or its queue was one worker's own, and
-- then nothing was done.
local function replay(id, record, due, waits)
  local live = edited[id] or live_part(record)
  edited[id] = nil
  local priority, queue, _, _, _, unique = header(record)
  if is_taken(record) or is_own(queue) then
    return nil
  end
  if unique ~= '' then
    redis.call('SET', K_unique .. unique, id)
  end
  if keeps_history(record) then
    redis.call('XADD', K_outcomes, '*', 'id', id, 'record', record)
  end
  local letter = string.sub(record, 1, 1)
  redis.call('SET', K_job .. id, 'L0' .. string.sub(live, 3))
  -- Its last error stays to be seen. The outcome has no arguments in it, so it parses.
  local outcome = cjson.decode(string.match(record, '^[^\n]*\n[^\n]*\n([^\n]*)'))
  if outcome.e then
    redis.call('HSET', K_more .. id, 'e', outcome.e)
    mark_more(id)
  end
  -- It was to start once, so its expiry does not count any more.
  if has_rules(record) and select(2, rules(record)) ~= '' then
    redis.call('HSET', K_more .. id, 'b', 1)
    mark_more(id)
  end
  if redis.call('PERSIST', K_log .. id) == 1 then
    redis.call('HSET', K_more .. id, 'o', 1)
    mark_more(id)
  end
  redis.call('ZREM', K_dead .. dead_names[letter], id)
  redis.call('ZREM', K_expiry, letter .. id)
  lay_ghost(id)
  if waits then
    redis.call('ZADD', K_waiting, now, id)
    return 0
  end
  if due and due > now then
    redis.call('HSET', K_more .. id, 'd', due)
    mark_more(id)
    schedule(id, queue, due)
    return 1
  end
  push('RPUSH', queue, priority, id)
  wake(queue, 1)
  return 2
end
