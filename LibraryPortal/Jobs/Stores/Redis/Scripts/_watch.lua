-- Telling silence of a worker from silence of Redis itself: after Redis was away, workers get time to beat again before they are given up.
-- KEYS (of the script that uses it): meta. ARGV: none. Needs _time. Returns a function.

-- Called by every beat and every reap. Says since when Redis has been in touch with anyone without a break of 4 s.
local function watch()
  local seen = redis.call('HMGET', K_meta, 'seen', 'since')
  local since = seen[2]
  if not seen[1] or now - tonumber(seen[1]) > 4000 then
    since = now
  end
  redis.call('HSET', K_meta, 'seen', now, 'since', since)
  return tonumber(since)
end
