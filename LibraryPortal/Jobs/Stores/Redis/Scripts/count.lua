-- How many jobs are in each state.
-- KEYS     job: due waiting workers worker: ready: lanes blocked parked: parkednames ghosts done dead: expiry meta
-- ARGV     none
-- Returns  scheduled, queued, running, succeeded, failed, cancelled, expired, quarantined, waiting
-- Events   none
-- Flags    allow-oom
-- Uses     _time _owned _dead _expire
expire(500)
local queued = redis.call('ZCARD', K_blocked) - redis.call('HLEN', K_ghosts)
for _, lane in ipairs(redis.call('SMEMBERS', K_lanes)) do
  queued = queued + redis.call('LLEN', K_ready .. lane)
end
for _, name in ipairs(redis.call('SMEMBERS', K_parkednames)) do
  queued = queued + redis.call('ZCARD', K_parked .. name)
end
local running = 0
for _, worker in ipairs(redis.call('ZRANGE', K_workers, 0, -1)) do
  running = running + count_claims(worker)
end
return {
  redis.call('ZCARD', K_due), queued, running, tonumber(redis.call('HGET', K_meta, 'succeeded') or 0),
  redis.call('ZCARD', K_dead .. 'failed'), redis.call('ZCARD', K_dead .. 'cancelled'),
  redis.call('ZCARD', K_dead .. 'expired'), redis.call('ZCARD', K_dead .. 'quarantined'), redis.call('ZCARD', K_waiting),
}
