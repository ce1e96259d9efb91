-- One page of flows, newest first.
-- KEYS     flow: flows:
-- ARGV     'live' or 'ended', flows to pass over, how many; or '' and one flow
-- Returns  how many there are in all, then rows (see _flowrow)
-- Events   none
-- Flags    no-writes
-- Uses     _flowrow
if ARGV[1] == '' then
  return { 1, flow_row(ARGV[2]) }
end
local key, offset, count = K_flows .. ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local reply = { redis.call('ZCARD', key) }
for _, flow in ipairs(redis.call('ZRANGE', key, offset, offset + count - 1, 'REV')) do
  reply[#reply + 1] = flow_row(flow)
end
return reply
