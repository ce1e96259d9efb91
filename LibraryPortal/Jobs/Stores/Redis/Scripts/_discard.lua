-- Forgetting one job that ended without success.
-- KEYS (of the script that uses it): job:, dead:, expiry, flow:, outcomes. ARGV: none. Needs _record, _dead, _outcomes. Returns a function.

-- Says false for a job of a flow that is still kept.
local function discard(id, record)
  local flow, letter = flow_of(record), string.sub(record, 1, 1)
  if flow and redis.call('HEXISTS', K_flow .. flow, 'pol') == 1 then
    return false
  end
  -- What was not told to the history yet is told still.
  if keeps_history(record) then
    redis.call('XADD', K_outcomes, '*', 'id', id, 'record', record)
  end
  redis.call('ZREM', K_dead .. dead_names[letter], id)
  redis.call('ZREM', K_expiry, letter .. id)
  redis.call('DEL', K_job .. id)
  return true
end
