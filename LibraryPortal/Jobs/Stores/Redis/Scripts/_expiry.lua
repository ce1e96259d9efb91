-- Whether a job's expiry counts: until it has begun, that is until it ran, may have run, or was replayed.
-- KEYS (of the script that uses it): more:. ARGV: none. Needs _time, _record. Returns functions.
local function has_begun(id, record)
  if string.byte(record, 2) ~= 49 then
    return false
  end
  local past = redis.call('HMGET', K_more .. id, 'a', 'c', 'b')
  return past[1] or past[2] or past[3]
end

local function is_over(id, record, expires)
  return expires ~= '' and tonumber(expires) <= now and not has_begun(id, record)
end
