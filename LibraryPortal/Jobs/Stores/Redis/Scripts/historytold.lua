-- These are in the history: their records go when their time is over, successes sooner.
-- KEYS     job: dead: expiry outcomes
-- ARGV     how long successes stay in ms, then entries of outcomes
-- Returns  how many there were
-- Events   none
-- Flags    allow-oom
-- Uses     _time _record _dead _outcomes
local told = 0
for i = 2, #ARGV do
  local entry = redis.call('XRANGE', K_outcomes, ARGV[i], ARGV[i])[1]
  if entry then
    local kind, value, _, done, _, at = unpack(entry[2])
    if kind == 'ids' and done ~= '' then
      local over = redis.call('ZSCORE', K_expiry, 'S' .. done)
      if over then
        redis.call('ZADD', K_expiry, math.min(now + tonumber(ARGV[1]), tonumber(over) - UNTOLD_MS), 'S' .. done)
      end
    elseif kind == 'ids' then
      local record = redis.call('GET', K_job .. value)
      local letter = record and string.sub(record, 1, 1)
      local ended = letter and dead_names[letter] and tonumber(redis.call('ZSCORE', K_dead .. dead_names[letter], value))
      -- Another end of it, after a replay, has an entry of its own. Former versions did not write which one an entry is of.
      if ended and (not at or ended == tonumber(at)) then
        local _, _, _, ttl = header(record)
        redis.call('ZADD', K_expiry, 'XX', 'LT', ended + tonumber(ttl), letter .. value)
      end
    end
    redis.call('XDEL', K_outcomes, entry[1])
    told = told + 1
  end
end
if redis.call('XLEN', K_outcomes) == 0 then
  redis.call('DEL', K_outcomes)
end
return told
