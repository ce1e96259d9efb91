-- Queues an ended job again with fresh counters: Failed, Quarantined, Cancelled, Expired → Queued.
-- KEYS     job: more: ready: lanes idle: wake unique: dead: expiry ghosts outcomes
-- ARGV     id
-- Returns  letter (Q queued, N not retryable or its unique key is taken, U unknown), first line of the record
-- Events   wake-ups; the caller tells of the job
-- Uses     _record _outcomes _lane _ghost _dead
local id = ARGV[1]
local record = redis.call('GET', K_job .. id)
if not record then
  return { 'U', '' }
end
local letter = string.sub(record, 1, 1)
if not dead_names[letter] then
  return { 'N', first_line(record) }
end
local priority, queue, _, _, _, unique = header(record)
if unique ~= '' then
  local holder = redis.call('GET', K_unique .. unique)
  if holder and is_live(redis.call('GETRANGE', K_job .. holder, 0, 0)) then
    return { 'N', first_line(record) }
  end
  redis.call('SET', K_unique .. unique, id)
end
if keeps_history(record) then
  redis.call('XADD', K_outcomes, '*', 'id', id, 'record', record)
end
redis.call('SET', K_job .. id, 'L0' .. string.sub(live_part(record), 3))
-- Its last error stays to be seen. The outcome has no arguments in it, so it parses.
local outcome = cjson.decode(string.match(record, '^[^\n]*\n[^\n]*\n([^\n]*)'))
if outcome.e then
  redis.call('HSET', K_more .. id, 'e', outcome.e)
  mark_more(id)
end
redis.call('ZREM', K_dead .. dead_names[letter], id)
redis.call('ZREM', K_expiry, letter .. id)
lay_ghost(id)
push('RPUSH', queue, priority, id)
wake(queue, 1)
return { 'Q', first_line(record) }
