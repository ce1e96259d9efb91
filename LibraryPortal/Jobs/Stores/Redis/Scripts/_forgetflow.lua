-- Forgetting flows: those whose time is over, and those whose making broke off.
-- KEYS (of the script that uses it): flowplan:, flowended:, flowsteps:, flows:, flowstaged, flowexpiry, and those of _giveway. ARGV: none.
-- Needs _time, _making, _giveway. Returns functions.
local function drop_flow(flow)
  redis.call('UNLINK', K_flow .. flow, K_flowplan .. flow, K_flowended .. flow, K_flowsteps .. flow)
  redis.call('ZREM', K_flows .. 'ended', flow)
  redis.call('ZREM', K_flowexpiry, flow)
  redis.call('ZREM', K_flowstaged, flow)
end

-- Forgets flows whose time is over, and the oldest that ended past the cap. Says how many.
local function forget_flows(limit)
  local over = redis.call('ZRANGE', K_flowexpiry, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)
  for _, flow in ipairs(over) do
    drop_flow(flow)
  end
  local surplus = math.min(redis.call('ZCARD', K_flows .. 'ended') - KEEP_FLOWS, limit - #over)
  local oldest = surplus > 0 and redis.call('ZRANGE', K_flows .. 'ended', 0, surplus - 1) or {}
  for _, flow in ipairs(oldest) do
    drop_flow(flow)
  end
  return #over + #oldest
end

-- Takes back some jobs of a flow that was not accepted. Says whether there are more. From the first call on it cannot be accepted any more.
local function take_back(flow, limit)
  local all = redis.call('HGET', K_flowplan .. flow, 'all') or ''
  local at = tonumber(redis.call('HGET', K_flow .. flow, 'gone') or 0)
  local last = math.min(#all / 32, at + limit)
  for i = at, last - 1 do
    local id = string.sub(all, 32 * i + 1, 32 * i + 32)
    local its, record = flow_in_the_making(id)
    -- Its id may be another job's, or one's of an earlier run of the flow, which is why it was refused.
    if its == flow then
      unstage(id, record)
    end
  end
  if last == #all / 32 then
    drop_flow(flow)
    return false
  end
  redis.call('HSET', K_flow .. flow, 'gone', last)
  return true
end
