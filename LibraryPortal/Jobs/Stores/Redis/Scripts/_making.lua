-- Flows in the making: their jobs are in place, and not accepted yet. What is not accepted is not there.
-- KEYS (of the script that uses it): job:, waiting, flow:. ARGV: none. Needs _record. Returns a function.

-- The flow in the making that a job is part of, and the job's record; nothing for any other job.
local function flow_in_the_making(id)
  if not redis.call('ZSCORE', K_waiting, id) then
    return nil
  end
  local record = redis.call('GET', K_job .. id)
  local flow = record and flow_of(record)
  if flow and redis.call('HEXISTS', K_flow .. flow, 'pol') == 0 then
    return flow, record
  end
end
