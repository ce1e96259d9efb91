-- Taking a job that does not run out of wherever it waits.
-- KEYS (of the script that uses it): more:, parked:, parkednames, due, ready:, ghosts, waiting, expiring, and those of _gate. ARGV: none. Needs _record, _gate. Returns a function.
local function withdraw(id, record)
  local priority, queue, name = header(record)
  local lane = queue .. ':' .. priority
  local held = string.byte(record, 2) == 49 and redis.call('HMGET', K_more .. id, 'k', 'g', 'l') or {}
  local in_lane = false
  if held[1] then
    local parked = held[1] == '1' and name or held[1]
    redis.call('ZREM', K_parked .. parked, id)
    if redis.call('EXISTS', K_parked .. parked) == 0 then
      redis.call('SREM', K_parkednames, parked)
    end
  elseif held[2] then
    forget_waiting(held[2], lane, id)
  elseif flow_of(record) and redis.call('ZREM', K_waiting, id) == 1 then
    in_lane = false
  elseif redis.call('ZREM', K_due, id) == 0 and not held[3] then
    in_lane = true
    -- Searching a long list would hold up everyone; there the id stays behind as a ghost.
    if redis.call('LLEN', K_ready .. lane) <= 10000 then
      redis.call('LREM', K_ready .. lane, 1, id)
    else
      redis.call('HSET', K_ghosts, id, lane)
    end
  end
  if has_rules(record) then
    redis.call('ZREM', K_expiring, id)
    -- It may have stood in its lane for a place that others wait for, or been taken from there by the claim that found its expiry over.
    if in_lane or held[3] then
      open_gates_of(record)
    end
  end
end
