-- Ending a job inside a script, and the lists of ended jobs.
-- KEYS (of the script that uses it): job:, more:, unique:, dead:, expiry, outcomes, log:. ARGV: none. Needs _time, _record, _dead, _outcomes. Returns functions.
local function free_unique(key, id)
  if key ~= '' and redis.call('GET', K_unique .. key) == id then
    redis.call('DEL', K_unique .. key)
  end
end

-- Jobs of flows that ended in this call. Scripts that end jobs let _flow.lua see to what follows from it.
local flow_ends = {}

-- Result is what the flow passes on, '' for nothing.
local function note_flow_end(id, record, letter, result)
  local flow, after, before = flow_of(record)
  if flow then
    flow_ends[#flow_ends + 1] = { id = id, flow = flow, after = after, before = before, letter = letter, result = result }
  end
end

-- Lists a job that ended without success; past the cap the oldest is forgotten, its record with it.
local function bury(letter, id, ttl, record)
  local name, over = dead_names[letter], now + ttl
  redis.call('ZADD', K_dead .. name, now, id)
  if keeps_history(record) then
    tell_later(id, '', now)
    over = over + UNTOLD_MS
  end
  redis.call('ZADD', K_expiry, over, letter .. id)
  local kept = redis.call('ZCARD', K_dead .. name)
  if kept > KEEP_DEAD then
    local oldest, ended = unpack(redis.call('ZRANGE', K_dead .. name, 0, 0, 'WITHSCORES'))
    if kept > KEEP_UNTOLD_DEAD or not may_be_untold(tonumber(ended)) then
      redis.call('ZREM', K_dead .. name, oldest)
      redis.call('ZREM', K_expiry, letter .. oldest)
      redis.call('DEL', K_job .. oldest)
    end
  end
end

-- Makes the live record a final one. In the outcome, numbers of more than 14 digits must be text: cjson rounds them.
local function close(id, record, letter, outcome)
  local _, _, _, ttl, _, unique = header(record)
  outcome.t = now
  local past = redis.call('HMGET', K_more .. id, 'p', 'o')
  outcome.p = past[1] or nil
  if past[2] then
    redis.call('PEXPIRE', K_log .. id, ttl)
  end
  redis.call('SET', K_job .. id, letter .. '0' .. string.sub(record, 3) .. '\n' .. cjson.encode(outcome))
  redis.call('DEL', K_more .. id)
  free_unique(unique, id)
  bury(letter, id, tonumber(ttl), record)
  note_flow_end(id, record, letter, '')
end
