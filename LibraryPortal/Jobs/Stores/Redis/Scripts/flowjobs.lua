-- Some jobs of a flow, by their number.
-- KEYS     job: more: due waiting workers worker: workerinfo: paused flowplan: flowended: flow:
-- ARGV     flow, jobs to pass over, how many, bytes at most (the last may exceed them)
-- Returns  how many were left out because of the bytes, then for each of the others: id, letter of its end or '', a row (see _row) or nothing
-- Events   none
-- Flags    no-writes
-- Uses     _time _record _making _row _find
local all = redis.call('HGET', K_flowplan .. ARGV[1], 'all') or ''
local from, reply, room = tonumber(ARGV[2]), { 0 }, tonumber(ARGV[4])
local last = math.min(#all / 32, from + tonumber(ARGV[3])) - 1
for at = from, last do
  if room <= 0 then
    reply[1] = last + 1 - at
    break
  end
  local id = string.sub(all, 32 * at + 1, 32 * at + 32)
  local found = find_row(id)
  reply[#reply + 1] = { id, string.sub(redis.call('HGET', K_flowended .. ARGV[1], id) or '', 1, 1), found or false }
  room = room - (found and #found[2] or 0)
end
return reply
