-- Some of the results before a gate, in order.
-- KEYS     flowplan: flowended:
-- ARGV     flow, gate, results to pass over, how many, bytes at most (the last may exceed them)
-- Returns  for each: id, what flowended: has of it or ''
-- Events   none
-- Flags    no-writes
local all = redis.call('HGET', K_flowplan .. ARGV[1], 'r' .. ARGV[2]) or ''
local from, room, reply = tonumber(ARGV[3]), tonumber(ARGV[5]), {}
for at = from, math.min(#all / 32, from + tonumber(ARGV[4])) - 1 do
  local id = string.sub(all, 32 * at + 1, 32 * at + 32)
  reply[#reply + 1] = id
  reply[#reply + 1] = redis.call('HGET', K_flowended .. ARGV[1], id) or ''
  room = room - #reply[#reply]
  if room <= 0 then
    break
  end
end
return reply
