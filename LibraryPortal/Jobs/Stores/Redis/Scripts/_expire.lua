-- Forgetting ended jobs: their records and their places in the lists of ended jobs go together, so the lists count what is there.
-- KEYS (of the script that uses it): job:, done, dead:, expiry, meta. ARGV: none. Needs _time, _dead. Returns functions.

-- Forgets a batch of successes; says how many they were.
local function forget_batch(entry)
  local keys, ids = {}, entry[2][2]
  for at = 1, #ids, 32 do
    keys[#keys + 1] = K_job .. string.sub(ids, at, at + 31)
  end
  redis.call('DEL', unpack(keys))
  redis.call('XDEL', K_done, entry[1])
  redis.call('ZREM', K_expiry, 'S' .. entry[1])
  redis.call('HINCRBY', K_meta, 'succeeded', -#keys)
  return #keys
end

-- Forgets jobs whose time-to-live is over: about that many, if there are so many. Says how many.
local function expire(limit)
  local jobs = 0
  for _, member in ipairs(redis.call('ZRANGE', K_expiry, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)) do
    if jobs >= limit then
      break
    end
    local kind, name = string.sub(member, 1, 1), string.sub(member, 2)
    if kind == 'S' then
      jobs = jobs + forget_batch(redis.call('XRANGE', K_done, name, name)[1])
    else
      redis.call('ZREM', K_dead .. dead_names[kind], name)
      redis.call('ZREM', K_expiry, member)
      redis.call('DEL', K_job .. name)
      jobs = jobs + 1
    end
  end
  if jobs > 0 and redis.call('XLEN', K_done) == 0 then
    redis.call('DEL', K_done)
  end
  return jobs
end
