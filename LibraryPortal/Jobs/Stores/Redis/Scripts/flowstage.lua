-- Puts jobs of a flow in place: new → Waiting. They hold their unique keys from now on and run only once flowstart has accepted all.
-- KEYS     job: more: unique: waiting ready: ghosts expiring flow: flowstaged
-- ARGV     flow, then for each job: id, record, unique key or '', due ms or ''
-- Returns  'O' done, 'G' the flow was taken back meanwhile, or the id of a job that has an id or a unique key of these
-- Events   none
-- Uses     _time _record _ghost
local flow = ARGV[1]
if not redis.call('ZSCORE', K_flowstaged, flow) or redis.call('HEXISTS', K_flow .. flow, 'gone') == 1 then
  return 'G'
end
for at = 2, #ARGV, 4 do
  local id, record, unique, due = unpack(ARGV, at, at + 3)
  local same = redis.call('GET', K_job .. id)
  if same and flow_of(same) ~= flow then
    return id
  end
  if not same then
    if unique ~= '' then
      local holder = redis.call('GET', K_unique .. unique)
      if holder and is_live(redis.call('GETRANGE', K_job .. holder, 0, 0)) then
        return holder
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
