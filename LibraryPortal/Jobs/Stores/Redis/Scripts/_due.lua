-- Keeping a job until it is due.
-- KEYS (of the script that uses it): due. ARGV: none. Needs _lane. Returns a function. Publishes wake-ups.

-- A job that is due before all others wakes an idle worker, which then knows how long it may rest.
local function schedule(id, queue, due)
  redis.call('ZADD', K_due, due, id)
  if redis.call('ZRANGE', K_due, 0, 0)[1] == id then
    wake(queue, 1)
  end
end
