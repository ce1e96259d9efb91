-- Records what became of claimed jobs: Running → Succeeded, Failed, Cancelled, Scheduled (retry, snoozed) or Queued (released, parked).
-- Fence: the claim must still stand in worker:<w> with the same stamp; else nothing changes. So telling an outcome twice is harmless.
-- KEYS     worker: job: more: ready: lanes idle: wake due unique: dead: expiry done meta parked: parkednames outcomes flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events workers commands: ghosts waiting log: expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     worker, n, p (plain successes: without unique key, gates or flow), g (their groups), n × id (plain ones first), n × stamp,
--          p × (job key, record), g × (result time-to-live ms, how many in a row have it and go, or do not go, into the history), then five for each other:
--            'S' succeeded, 'F' failed, 'C' cancelled: record, result time-to-live ms, unique key or '', result for its flow or ''
--            'R' retry: error, rest ms, failed attempts, progress or ''
--            'Z' snoozed: '', rest ms, '', progress or ''
--            'L' released: '1' when it had begun, '', '', progress or ''
--            'P' parked: the name, and the version, or the form that the worker does not know, '', '', progress or ''
-- Returns  n letters: '1' accepted, '0' fenced, 'C' accepted but cancelled because someone asked for it; then '!' when steps of flows are left over
-- Events   wake-ups; the caller tells of the jobs
-- Flags    allow-oom
-- Uses     _time _record _making _giveway _lane _gate _due _ghost _owned _dead _outcomes _final _expire _withdraw _cancel _replay _tell _flow _flowsteps
local worker, n, p, g = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local ids = 4
local stamps = ids + n
local records = stamps + n
local groups = records + 2 * p
local others = groups + 2 * g - 5 * p

local owned = redis.call('HMGET', K_worker .. worker, unpack(ARGV, ids + 1, ids + n))
local replies, accepted, all_plain = {}, {}, true
for i = 1, n do
  local claim, stamp = owned[i], ARGV[stamps + i]
  if claim == stamp then
    replies[i] = '1'
    accepted[#accepted + 1] = ARGV[ids + i]
  elseif claim and claim == stamp .. '+' then
    replies[i] = '+'
    accepted[#accepted + 1] = ARGV[ids + i]
    all_plain = all_plain and i > p
  else
    replies[i] = '0'
    all_plain = all_plain and i > p
  end
end
if #accepted > 0 then
  redis.call('HDEL', K_worker .. worker, unpack(accepted))
end

-- The record with what more:<id> knew, which goes.
local function with_past(id, record)
  local past = redis.call('HMGET', K_more .. id, 'p', 'e', 'o')
  redis.call('DEL', K_more .. id)
  if past[3] then
    local _, _, _, ttl = header(record)
    redis.call('PEXPIRE', K_log .. id, ttl)
  end
  return (past[1] or past[2]) and record .. '\n' .. cjson.encode({ p = past[1] or nil, e = past[2] or nil }) or record
end

-- Twice what one call may add: what piled up while nobody told the history goes over calls, and none of them takes long.
local FORGET_BUDGET = 512
local forgotten = 0

-- One entry for successes with the same time-to-live: they also leave together. All or none of them go into the history.
local function list_successes(text, count, ttl, record)
  local entry = redis.call('XADD', K_done, '*', 'ids', text)
  local over = now + tonumber(ttl)
  if keeps_history(record) then
    tell_later(text, entry, now)
    over = over + UNTOLD_MS
  end
  redis.call('ZADD', K_expiry, over, 'S' .. entry)
  local kept = redis.call('HINCRBY', K_meta, 'succeeded', count)
  while kept > KEEP_SUCCEEDED and forgotten < FORGET_BUDGET do
    local oldest = redis.call('XRANGE', K_done, '-', '+', 'COUNT', 1)[1]
    if kept <= KEEP_UNTOLD_SUCCEEDED and may_be_untold(tonumber(string.match(oldest[1], '^%d+'))) then
      break
    end
    local batch = forget_batch(oldest)
    kept, forgotten = kept - batch, forgotten + batch
  end
end

if all_plain and p > 0 then
  redis.call('MSET', unpack(ARGV, records + 1, records + 2 * p))
end
local at = 0
for group = 1, g do
  local ttl, count = ARGV[groups + 2 * group - 1], tonumber(ARGV[groups + 2 * group])
  if all_plain then
    list_successes(table.concat(ARGV, '', ids + at + 1, ids + at + count), count, ttl, ARGV[records + 2 * (at + 1)])
  else
    local done = {}
    for i = at + 1, at + count do
      if replies[i] ~= '0' then
        local id, record = ARGV[ids + i], ARGV[records + 2 * i]
        redis.call('SET', K_job .. id, replies[i] == '+' and with_past(id, record) or record)
        done[#done + 1] = id
      end
    end
    if #done > 0 then
      list_successes(table.concat(done), #done, ttl, ARGV[records + 2 * (at + 1)])
    end
  end
  at = at + count
end

local released = {}

local function end_with(letter, id, has_past, record, ttl, unique, result)
  redis.call('SET', K_job .. id, has_past and with_past(id, record) or record)
  free_unique(unique, id)
  if has_rules(record) then
    leave_gates(id, record)
  end
  if letter == 'S' then
    list_successes(id, 1, ttl, record)
  else
    bury(letter, id, tonumber(ttl), record)
  end
  note_flow_end(id, record, letter, result)
end

local function go_on(i, kind, id, err, rest, attempts, progress)
  local record = redis.call('GET', K_job .. id)
  local more = K_more .. id
  if progress ~= '' then
    redis.call('HSET', more, 'p', progress)
    mark_more(id)
  end
  if has_rules(record) then
    leave_gates(id, record)
    -- Until it has begun its expiry counts.
    local _, expires = rules(record)
    if expires ~= '' and (kind == 'P' or (kind == 'L' and err == '')) then
      redis.call('ZADD', K_expiring, expires, id)
    elseif expires ~= '' then
      redis.call('HSET', more, 'b', 1)
      mark_more(id)
    end
  end
  local past = redis.call('HMGET', more, 'a', 'c', 'x', 'e')
  if past[3] then
    replies[i] = 'C'
    return close(id, record, 'C', {
      s = ARGV[stamps + i], w = worker, n = tonumber(past[1] or 0) + 1, c = tonumber(past[2] or 0), x = 1,
      e = kind == 'R' and err or past[4] or nil,
    })
  end
  local priority, queue = header(record)
  if kind == 'R' then
    local due = now + tonumber(rest)
    redis.call('HSET', more, 'a', attempts, 'e', err, 'd', due, 'w', worker, 's', ARGV[stamps + i])
    mark_more(id)
    schedule(id, queue, due)
  elseif kind == 'Z' then
    local due = now + tonumber(rest)
    redis.call('HSET', more, 'd', due, 'w', worker, 's', ARGV[stamps + i])
    mark_more(id)
    schedule(id, queue, due)
  elseif kind == 'L' then
    add_to_lane(released, queue, priority, id)
  else
    redis.call('HSET', more, 'k', err)
    mark_more(id)
    redis.call('ZADD', K_parked .. err, 0, id)
    redis.call('SADD', K_parkednames, err)
  end
end

for i = p + 1, n do
  if replies[i] ~= '0' then
    local row, id = others + 5 * (i - 1), ARGV[ids + i]
    local kind = ARGV[row + 1]
    if kind == 'S' or kind == 'F' or kind == 'C' then
      end_with(kind, id, replies[i] == '+', unpack(ARGV, row + 2, row + 5))
    else
      go_on(i, kind, id, unpack(ARGV, row + 2, row + 5))
    end
  end
end

for _, lane in ipairs(released) do
  push_first(lane.queue, lane.priority, lane.ids)
  wake(lane.queue, #lane.ids)
end
local left = ''
if #flow_ends > 0 then
  work_on_flows()
  left = redis.call('EXISTS', K_flowwork) == 1 and '!' or ''
end
return (string.gsub(table.concat(replies), '%+', '1')) .. left
