-- Gives jobs to a worker: Scheduled → Queued for what is due, then Queued → Running. Jobs that a gate turns away wait outside their lane; a job whose expiry
-- is over is left to expire, which ends it. Paused queues are passed over.
-- KEYS     workers worker: job: more: ready: lanes idle: wake due ghosts meta paused expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     worker, how many, '1' when its claim before may have marked it idle, then for each lane: queue, priority
-- Returns  an empty list when the worker is not known; else ms until the next job is due (-1: none), micros, k, k records,
--          then for each of them with a past: position from 1, failed attempts, crashes, '1' when asked to cancel, cursor or '', '1' when its expiry counts no more;
--          and 0, '', '', '', '', '' when there are jobs to expire
-- Events   wake-ups, when more became due than this worker takes; the caller tells of the jobs
-- Flags    allow-oom
-- Uses     _time _record _lane _gate _expiry
local MOST_LOOKED_AT = 512
local worker, need = ARGV[1], tonumber(ARGV[2])
if not redis.call('ZSCORE', K_workers, worker) then
  return {}
end

local function records_of(ids)
  local keys = {}
  for i, id in ipairs(ids) do
    keys[i] = K_job .. id
  end
  return redis.call('MGET', unpack(keys))
end

local promoted = {}
local head = redis.call('ZRANGE', K_due, 0, 0, 'WITHSCORES')
if head[1] and tonumber(head[2]) <= now then
  local ids = redis.call('ZRANGE', K_due, '-inf', now, 'BYSCORE', 'LIMIT', 0, 256)
  for i, record in ipairs(records_of(ids)) do
    if is_live(record) then
      local priority, queue = header(record)
      add_to_lane(promoted, queue, priority, ids[i])
    end
  end
  redis.call('ZREM', K_due, unpack(ids))
  for _, lane in ipairs(promoted) do
    push('RPUSH', lane.queue, lane.priority, unpack(lane.ids))
  end
  head = redis.call('ZRANGE', K_due, 0, 0, 'WITHSCORES')
end
local opening = redis.call('ZRANGE', K_opening, 0, 0, 'WITHSCORES')
if opening[1] and tonumber(opening[2]) <= now then
  for _, gate in ipairs(redis.call('ZRANGE', K_opening, '-inf', now, 'BYSCORE', 'LIMIT', 0, 16)) do
    redis.call('ZREM', K_opening, gate)
    open_gate(gate)
  end
end

local paused
for _, queue in ipairs(redis.call('HKEYS', K_paused)) do
  paused = paused or {}
  paused[queue] = true
end

-- A claim's stamp is the microsecond of its script and its place in the batch: unique, and in the order of claiming.
local reply, claims, past, k = { -1, micros, 0 }, {}, {}, 0
local looked, expired = 0, false

-- Whether a job with rules may start. If not, it is where it belongs now.
local function may_start(id, record)
  local gates, expires = rules(record)
  if is_over(id, record, expires) then
    -- The sign that it stands in no lane any more.
    redis.call('HSET', K_more .. id, 'l', 1)
    mark_more(id)
    expired = true
    return false
  end
  local shut = pass_gates(id, gates)
  if shut then
    -- It was let back for a place that it does not take.
    if set_aside(id, record, shut) then
      for gate in string.gmatch(gates, '%S+') do
        if gate ~= shut then
          open_gate(gate)
        end
      end
    end
    return false
  end
  if expires ~= '' then
    redis.call('ZREM', K_expiring, id)
  end
  return true
end

for at = 4, #ARGV, 2 do
  -- Ghosts and jobs that are turned away are passed over, but not a whole graveyard in one call.
  while need > 0 and looked < MOST_LOOKED_AT and not (paused and paused[ARGV[at]]) do
    local ids = redis.call('LPOP', K_ready .. ARGV[at] .. ':' .. ARGV[at + 1], need)
    if not ids then
      break
    end
    looked = looked + #ids
    for i, record in ipairs(records_of(ids)) do
      local id = ids[i]
      if not is_live(record) then
        redis.call('HDEL', K_ghosts, id)
      elseif not has_rules(record) or may_start(id, record) then
        k = k + 1
        reply[3 + k] = record
        claims[2 * k - 1] = id
        claims[2 * k] = micros .. string.format('%03d', k)
        need = need - 1
        if string.byte(record, 2) == 49 then
          claims[2 * k] = claims[2 * k] .. '+'
          past[#past + 1] = k
          past[#past + 1] = id
        end
      end
    end
  end
end
reply[3] = k

if k > 0 then
  redis.call('HSET', K_worker .. worker, unpack(claims))
  for i = 1, #past, 2 do
    local more = redis.call('HMGET', K_more .. past[i + 1], 'a', 'c', 'x', 'u', 'b')
    redis.call('HDEL', K_more .. past[i + 1], 'p')
    reply[#reply + 1] = past[i]
    reply[#reply + 1] = more[1] or '0'
    reply[#reply + 1] = more[2] or '0'
    reply[#reply + 1] = more[3] or '0'
    reply[#reply + 1] = more[4] or ''
    reply[#reply + 1] = (more[1] or more[2] or more[5]) and '1' or '0'
  end
end
if expired then
  for _, value in ipairs({ '0', '', '', '', '', '' }) do
    reply[#reply + 1] = value
  end
end

-- Only now is it known what waits for a moment to come.
if k == 0 and looked >= MOST_LOOKED_AT then
  reply[1] = 0
else
  opening = redis.call('ZRANGE', K_opening, 0, 0, 'WITHSCORES')
  local moment = tonumber(head[2] or opening[2])
  if moment and opening[2] then
    moment = math.min(moment, tonumber(opening[2]))
  end
  reply[1] = moment and math.max(0, moment - now) or -1
end

if k == 0 or ARGV[3] == '1' then
  local command = k == 0 and 'SADD' or 'SREM'
  local seen = {}
  for at = 4, #ARGV, 2 do
    local queue = ARGV[at]
    -- A paused queue wakes everyone when it goes on, and nobody before.
    if not seen[queue] and not (paused and paused[queue] and k == 0) then
      seen[queue] = true
      redis.call(command, K_idle .. queue, worker)
    end
  end
end

for _, lane in ipairs(promoted) do
  local left = redis.call('LLEN', K_ready .. lane.queue .. ':' .. lane.priority)
  if left > 0 then
    wake(lane.queue, math.min(left, #lane.ids))
  end
end
return reply
