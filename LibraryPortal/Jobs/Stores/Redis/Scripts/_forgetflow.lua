-- Forgetting flows: those whose time is over, and those whose making broke off.
-- KEYS (of the script that uses it): job:, more:, unique:, waiting, flow:, flowplan:, flowended:, flowsteps:, flows:, flowstaged, flowexpiry. ARGV: none.
-- Needs _time, _record. Returns functions.
local function drop_flow(flow)
  redis.call('UNLINK', K_flow .. flow, K_flowplan .. flow, K_flowended .. flow, K_flowsteps .. flow)
  redis.call('ZREM', K_flows .. 'ended', flow)
  redis.call('ZREM', K_flowexpiry, flow)
  redis.call('ZREM', K_flowstaged, flow)
end

local function forget_flows(limit)
  for _, flow in ipairs(redis.call('ZRANGE', K_flowexpiry, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)) do
    drop_flow(flow)
  end
end

-- Takes back some jobs of a flow that was not accepted. Says whether there are more. From the first call on it cannot be accepted any more.
local function take_back(flow, limit)
  local all = redis.call('HGET', K_flowplan .. flow, 'all') or ''
  local at = tonumber(redis.call('HGET', K_flow .. flow, 'gone') or 0)
  local last = math.min(#all / 32, at + limit)
  for i = at, last - 1 do
    local id = string.sub(all, 32 * i + 1, 32 * i + 32)
    local record = redis.call('GET', K_job .. id)
    -- Its id may be another job's, which is why it was refused.
    if record and flow_of(record) == flow then
      local _, _, _, _, _, unique = header(record)
      if unique ~= '' and redis.call('GET', K_unique .. unique) == id then
        redis.call('DEL', K_unique .. unique)
      end
      redis.call('DEL', K_job .. id, K_more .. id)
      redis.call('ZREM', K_waiting, id)
    end
  end
  if last == #all / 32 then
    drop_flow(flow)
    return false
  end
  redis.call('HSET', K_flow .. flow, 'gone', last)
  return true
end
