-- What inspection tells of one flow. KEYS (of the script that uses it): flow:. ARGV: none. Returns a function.

-- Columns: flow, about, policy, jobs, succeeded, failed, cancelled, stop letter, end ms, how many before the last gate succeeded, time-to-live ms.
-- Nothing for a flow that is not there.
local function flow_row(flow)
  local row = redis.call('HMGET', K_flow .. flow, 'about', 'pol', 'n', 's', 'f', 'c', 'x', 't', 'k1', 'ttl')
  if not row[2] then
    return nil
  end
  for i = 1, 10 do
    row[i] = row[i] or ''
  end
  table.insert(row, 1, flow)
  return row
end
