-- Gates: what decides beside a free slot whether a job may start. A gate is s and a serial key, which lets one job through at a time, or c and the name of a
-- limit, which lets through what its rule allows; without a rule, all. Who is through holds a place until its run is over. Who is not waits outside its lane:
-- in waiters:, by gate and lane, in the order of first being turned away, and in blocked, all together.
-- KEYS (of the script that uses it): job:, more:, limits, held:, starts:, waiters:, waitlanes:, blocked, opening, meta, and those of _lane. ARGV: none.
-- Needs _time, _record, _lane. Returns functions. Publishes wake-ups.
--   limits   hash, s and name (set by an operator) or d and name (declared) → jobs at once, starts, ms of the period, each '-' when any; space between
--   starts:  list of ms, one for each start of the period, oldest first     opening  gates by when their period lets the next one through
local rules_of_gates = {}

-- jobs at once, starts, period; nil for any
local function rule_of(gate)
  if string.byte(gate) == 115 then
    return 1
  end
  local known = rules_of_gates[gate]
  if not known then
    local name = string.sub(gate, 2)
    local text = redis.call('HGET', K_limits, 's' .. name) or redis.call('HGET', K_limits, 'd' .. name) or ''
    local running, starts, period = string.match(text, '^(%S+) (%S+) (%S+)$')
    known = { tonumber(running), tonumber(starts), tonumber(period) }
    rules_of_gates[gate] = known
  end
  return known[1], known[2], known[3]
end

-- How many the gate lets through now, and when its period lets through another one, where that is what is in the way.
local function room_at(gate)
  local running, starts, period = rule_of(gate)
  local room, opens = 1000000, nil
  if running then
    room = running - redis.call('SCARD', K_held .. gate)
  end
  if starts then
    local key = K_starts .. gate
    local first = tonumber(redis.call('LINDEX', key, 0))
    -- One in the future was written while the clock was wrong.
    while first and (first <= now - period or first > now + period) do
      redis.call('LPOP', key)
      first = tonumber(redis.call('LINDEX', key, 0))
    end
    local count = redis.call('LLEN', key)
    if count >= starts then
      opens = tonumber(redis.call('LINDEX', key, count - starts)) + period
    end
    room = math.min(room, starts - count)
  end
  return room, opens
end

local function enter_gate(gate, id)
  redis.call('SADD', K_held .. gate, id)
  local _, starts, period = rule_of(gate)
  if starts then
    redis.call('RPUSH', K_starts .. gate, now)
    redis.call('PEXPIRE', K_starts .. gate, period)
    if redis.call('EXISTS', K_waitlanes .. gate) == 1 then
      local _, opens = room_at(gate)
      if opens then
        redis.call('ZADD', K_opening, opens, gate)
      end
    end
  end
end

-- Lets a job wait outside its lane. Turned away again it keeps its order. Says whether it was turned away before.
local function set_aside(id, record, gate)
  local priority, queue = header(record)
  local lane, more = queue .. ':' .. priority, K_more .. id
  local order = redis.call('HGET', more, 'q')
  local before = order
  if not order then
    order = redis.call('HINCRBY', K_meta, 'turned', 1)
    mark_more(id)
  end
  redis.call('HSET', more, 'q', order, 'g', gate)
  redis.call('ZADD', K_waiters .. gate .. ' ' .. lane, order, id)
  redis.call('SADD', K_waitlanes .. gate, lane)
  redis.call('ZADD', K_blocked, order, id)
  local _, opens = room_at(gate)
  if opens then
    redis.call('ZADD', K_opening, opens, gate)
  end
  return before
end

local function forget_waiting(gate, lane, ...)
  local waiters = K_waiters .. gate .. ' ' .. lane
  redis.call('ZREM', waiters, ...)
  redis.call('ZREM', K_blocked, ...)
  if redis.call('EXISTS', waiters) == 0 then
    redis.call('SREM', K_waitlanes .. gate, lane)
  end
end

-- Puts as many back as the gate lets through, at the head of every lane that some came from: which lane gets the places is for the claims to say.
local function open_gate(gate)
  if redis.call('EXISTS', K_waitlanes .. gate) == 0 then
    return
  end
  local room, opens = room_at(gate)
  if room <= 0 then
    if opens then
      redis.call('ZADD', K_opening, opens, gate)
    end
    return
  end
  local most = math.min(room, 200)
  for _, lane in ipairs(redis.call('SMEMBERS', K_waitlanes .. gate)) do
    local ids = redis.call('ZRANGE', K_waiters .. gate .. ' ' .. lane, 0, most - 1)
    forget_waiting(gate, lane, unpack(ids))
    for _, id in ipairs(ids) do
      redis.call('HDEL', K_more .. id, 'g')
    end
    local queue, priority = string.match(lane, '^(.*):(.)$')
    push_first(queue, priority, ids)
    wake(queue, #ids)
  end
  if room > most and redis.call('EXISTS', K_waitlanes .. gate) == 1 then
    redis.call('ZADD', K_opening, now, gate)
  end
end

local function open_gates_of(record)
  for gate in string.gmatch(rules(record), '%S+') do
    open_gate(gate)
  end
end

-- Lets a job through all of its gates, or says which one is shut.
local function pass_gates(id, gates)
  for gate in string.gmatch(gates, '%S+') do
    if room_at(gate) <= 0 then
      return gate
    end
  end
  for gate in string.gmatch(gates, '%S+') do
    enter_gate(gate, id)
  end
end

-- A run is over: its places are free for others, who stand in their lanes when this is done.
local function leave_gates(id, record)
  for gate in string.gmatch(rules(record), '%S+') do
    if redis.call('SREM', K_held .. gate, id) == 1 then
      open_gate(gate)
    end
  end
end
