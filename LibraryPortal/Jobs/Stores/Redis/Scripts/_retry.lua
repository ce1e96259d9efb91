-- Replaying one job that ended without success, in its flow where it has one.
-- KEYS (of the script that uses it): those of _flow. ARGV: none. Needs _record, _dead, _replay, _flow. Returns a function.

-- Due is ms or nil. Says whether it begins anew. A flow that was stopped is taken up as a whole; one that is still being stopped refuses.
local function retry_job(id, record, due)
  local flow = flow_of(record)
  local f = flow and redis.call('HMGET', K_flow .. flow, 'pol', 'x', 't', 'n') or {}
  if not f[1] then
    return replay(id, record, due) ~= nil
  end
  if f[2] then
    if not f[3] or is_taken(record) then
      return false
    end
    -- In a large flow its turn comes with a later call, for which other arguments cannot wait. Behind a gate that none passed they would have to.
    if edited[id] and tonumber(f[4]) > FLOW_BUDGET and not revive_in_flow(flow, id) then
      return false
    end
    revive_flow(flow)
    return true
  end
  if not revive_in_flow(flow, id, due) then
    return false
  end
  if f[3] then
    reopen_flow(flow)
  end
  return true
end
