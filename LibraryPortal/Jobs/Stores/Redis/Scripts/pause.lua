-- Pauses a queue, so that nothing is claimed from it, or lets it go on. What runs goes on running.
-- KEYS     paused workers wake
-- ARGV     queue, '1' to pause
-- Returns  1, or 0 when it was so already
-- Events   a wake-up for every worker when the queue goes on
-- Flags    allow-oom
-- Uses     _time
if ARGV[2] == '1' then
  return redis.call('HSETNX', K_paused, ARGV[1], now)
end
local was = redis.call('HDEL', K_paused, ARGV[1])
local workers = redis.call('ZRANGE', K_workers, 0, -1)
if was == 1 and #workers > 0 then
  redis.call('PUBLISH', K_wake, 'W ' .. table.concat(workers, ' '))
end
return was
