-- Jobs of a flow in the making give way to whoever is accepted before them: their ids and unique keys are theirs only once their flow is accepted.
-- KEYS (of the script that uses it): job:, more:, unique:, waiting, expiring, flow:. ARGV: none. Needs _record, _making. Returns functions.
local function unstage(id, record)
  local _, _, _, _, _, unique = header(record)
  if unique ~= '' and redis.call('GET', K_unique .. unique) == id then
    redis.call('DEL', K_unique .. unique)
  end
  redis.call('DEL', K_job .. id, K_more .. id)
  redis.call('ZREM', K_waiting, id)
  redis.call('ZREM', K_expiring, id)
end

-- Says whether it did. Its flow cannot be accepted as it is any more, and its maker is told so.
local function gave_way(id)
  local flow, record = flow_in_the_making(id)
  if not flow then
    return false
  end
  redis.call('HSETNX', K_flow .. flow, 'gone', 0)
  unstage(id, record)
  return true
end

-- The job that has a unique key, nothing when it is free.
local function holder_of(unique)
  local holder = redis.call('GET', K_unique .. unique)
  if holder and is_live(redis.call('GETRANGE', K_job .. holder, 0, 0)) and not gave_way(holder) then
    return holder
  end
end
