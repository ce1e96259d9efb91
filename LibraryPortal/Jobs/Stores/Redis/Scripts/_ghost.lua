-- A ghost is the id of a job that ended while its id still stands in a long lane. A claim passes over it; a job that comes back must first lose it.
-- KEYS (of the script that uses it): ready:, ghosts. ARGV: none. Returns a function.
local function lay_ghost(id)
  local lane = redis.call('HGET', K_ghosts, id)
  if lane then
    redis.call('LREM', K_ready .. lane, 1, id)
    redis.call('HDEL', K_ghosts, id)
  end
end
