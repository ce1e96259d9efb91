-- Taking records whose time-to-live is over off the lists of ended jobs; Redis dropped the records themselves.
-- KEYS (of the script that uses it): done, dead:, expiry, meta. ARGV: none. Needs _time, _dead. Returns a function.

-- Handles at most that many list entries; says how many jobs left the lists.
local function expire(limit)
  local over = redis.call('ZRANGE', K_expiry, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)
  local jobs = 0
  for _, member in ipairs(over) do
    local kind, name = string.sub(member, 1, 1), string.sub(member, 2)
    if kind == 'S' then
      local entry = redis.call('XRANGE', K_done, name, name)[1]
      if entry then
        local count = #entry[2][2] / 32
        jobs = jobs + count
        redis.call('XDEL', K_done, name)
        redis.call('HINCRBY', K_meta, 'succeeded', -count)
      end
    else
      jobs = jobs + redis.call('ZREM', K_dead .. dead_names[kind], name)
    end
  end
  if #over > 0 then
    redis.call('ZREM', K_expiry, unpack(over))
    if redis.call('XLEN', K_done) == 0 then
      redis.call('DEL', K_done)
    end
  end
  return jobs
end
