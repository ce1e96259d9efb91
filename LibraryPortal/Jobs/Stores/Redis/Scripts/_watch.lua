-- Telling silence of a worker from silence of Redis itself: after Redis was away, workers get time to beat again before they are given up.
-- KEYS (of the script that uses it): meta. ARGV: none. Needs _time. Returns a function.

-- Called by every beat, and by every reap with the silence of a dead worker in ms. Says to the reap whether silence means death by now: not until Redis has
-- been in touch with somebody for a while, without a break in which workers that live would have beaten (half the silence, at least 4 s), and its clock not set back.
local function watch(silence)
  local seen = redis.call('HMGET', K_meta, 'seen', 'since', 'gap')
  local gap = silence and math.max(4000, silence / 2) or tonumber(seen[3] or 4000)
  local since = tonumber(seen[2])
  if not seen[1] or now - tonumber(seen[1]) > gap or now < since then
    since = now
  end
  redis.call('HSET', K_meta, 'seen', now, 'since', since, 'gap', gap)
  return now - since >= math.min(silence or 0, gap)
end
