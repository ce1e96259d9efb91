-- Puts jobs of a flow in place: new → Waiting. They hold their unique keys from now on and run only once flowstart has accepted all.
-- KEYS     job: more: unique: waiting ready: ghosts expiring flow: flowstaged
-- ARGV     flow, attempt, then for each job: id, record, unique key or '', due ms or ''
-- Returns  'O' done, 'G' the flow was taken back meanwhile, 'W' another flow that is being made at this moment has an id or a unique key of these,
--          or the id of a job that has one
-- Events   none
-- Uses     _time _record _making _giveway _maker _ghost
local flow = ARGV[1]
local known = redis.call('HMGET', K_flow .. flow, 'by', 'gone')
if not redis.call('ZSCORE', K_flowstaged, flow) or known[1] ~= ARGV[2] or known[2] then
  return 'G'
end
redis.call('ZADD', K_flowstaged, now, flow)

-- What to say of a job that is in the way; nothing when it is no more.
local function in_the_way(id)
  local other = flow_in_the_making(id)
  if not other or other == flow then
    return id
  end
  if is_being_made(other) then
    return 'W'
  end
  gave_way(id)
end

for at = 3, #ARGV, 4 do
  local id, record, unique, due = unpack(ARGV, at, at + 3)
  -- A record of this flow that is not in the making is of an earlier run of it, since forgotten.
  if flow_in_the_making(id) ~= flow then
    local refusal = redis.call('EXISTS', K_job .. id) == 1 and in_the_way(id)
    if refusal then
      return refusal
    end
    if unique ~= '' then
      local holder = redis.call('GET', K_unique .. unique)
      local refusal = holder and is_live(redis.call('GETRANGE', K_job .. holder, 0, 0)) and in_the_way(holder)
      if refusal then
        return refusal
      end
      redis.call('SET', K_unique .. unique, id)
    end
    lay_ghost(id)
    redis.call('SET', K_job .. id, record)
    if due ~= '' then
      redis.call('HSET', K_more .. id, 'd', due)
      mark_more(id)
    end
    if has_rules(record) and select(2, rules(record)) ~= '' then
      redis.call('ZADD', K_expiring, select(2, rules(record)), id)
    end
    redis.call('ZADD', K_waiting, now, id)
    redis.call('HINCRBY', K_flow .. flow, 'sc', 1)
  end
end
return 'O'
