-- Some jobs of a flow, by their number.
-- KEYS     job: more: due waiting workers worker: workerinfo: paused flowplan: flowended: flow:
-- ARGV     flow, jobs to pass over, how many
-- Returns  for each: id, letter of its end or '', a row (see _row) or nothing
-- Events   none
-- Flags    no-writes
-- Uses     _time _record _making _row _find
local all = redis.call('HGET', K_flowplan .. ARGV[1], 'all') or ''
local from, reply = tonumber(ARGV[2]), {}
for at = from, math.min(#all / 32, from + tonumber(ARGV[3])) - 1 do
  local id = string.sub(all, 32 * at + 1, 32 * at + 32)
  reply[#reply + 1] = { id, string.sub(redis.call('HGET', K_flowended .. ARGV[1], id) or '', 1, 1), find_row(id) or false }
end
return reply
