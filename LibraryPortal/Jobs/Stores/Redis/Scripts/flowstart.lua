-- Accepts a flow whose jobs are all in place, and lets the first go: Waiting → Queued or Scheduled.
-- KEYS     flowstaged flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     flow, attempt, about, policy (R cancel the rest, G go on), jobs, gates, time-to-live ms
-- Returns  'O' done, '!' done with steps left over, 'X' it is there already, 'G' it was taken back meanwhile
-- Events   wake-ups; events of the jobs let go
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps
local flow = ARGV[1]
local key = K_flow .. flow
local f = redis.call('HMGET', key, 'pol', 'gone', 'sc', 'by')
if f[1] then
  return 'X'
end
if not redis.call('ZSCORE', K_flowstaged, flow) or f[2] or (f[3] or '0') ~= ARGV[5] or f[4] ~= ARGV[2] then
  return 'G'
end
redis.call('HSET', key, 'about', ARGV[3], 'pol', ARGV[4], 'n', ARGV[5], 'gn', ARGV[6], 'ttl', ARGV[7], 's', 0, 'f', 0, 'c', 0, 'o0', 1)
redis.call('HDEL', key, 'sc', 'by')
redis.call('ZREM', K_flowstaged, flow)
redis.call('ZADD', K_flows .. 'live', now, flow)
add_step(flow, 'R', '0')
close_flow_if_over(flow)
work_on_flows()
return redis.call('ZSCORE', K_flowwork, flow) and '!' or 'O'
