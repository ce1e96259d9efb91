-- The worker runs known to the store.
-- KEYS     workers worker: workerinfo:
-- ARGV     none
-- Returns  for each: id, last beat in ms, jobs it owns, what it told of itself
-- Events   none
-- Flags    no-writes
-- Uses     _owned
local reply = {}
local workers = redis.call('ZRANGE', K_workers, 0, -1, 'WITHSCORES')
for i = 1, #workers, 2 do
  local about = redis.call('HGET', K_workerinfo .. workers[i], 'about')
  if about then
    for _, value in ipairs({ workers[i], workers[i + 1], count_claims(workers[i]), about }) do
      reply[#reply + 1] = value
    end
  end
end
return reply
