-- Records what became of claimed jobs: Running → Succeeded, Failed, Cancelled, Scheduled (retry) or Queued (released, parked).
-- Fence: the claim must still stand in worker:<w> with the same stamp; else nothing changes. So telling an outcome twice is harmless.
-- KEYS     worker: job: more: ready: lanes idle: wake due unique: dead: expiry done meta parked: parkednames
-- ARGV     worker, n, letters of the n kinds, n × id, n × stamp, then four for each:
--            S succeeded, F failed, C cancelled: record, result time-to-live ms, unique key or '', ''
--            R retry: error, rest ms, failed attempts, progress or ''
--            L released, P parked: '', '', '', progress or ''
-- Returns  n letters: '1' accepted, '0' fenced, 'C' accepted but cancelled because someone asked for it
-- Events   wake-ups; the caller tells of the jobs
-- Flags    allow-oom
-- Uses     _time _record _lane _due _dead _final _expire
local worker, n, kinds = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local ids, stamps, rows = 3, 3 + n, 3 + 2 * n
local owned = redis.call('HMGET', K_worker .. worker, unpack(ARGV, ids + 1, ids + n))
local replies, accepted, mores = {}, {}, {}

for i = 1, n do
  if owned[i] and owned[i] == ARGV[stamps + i] then
    replies[i] = '1'
    accepted[#accepted + 1] = ARGV[ids + i]
    mores[#mores + 1] = K_more .. ARGV[ids + i]
  else
    replies[i] = '0'
  end
end

local succeeded, released = {}, {}
local has_more = #mores > 0 and redis.call('EXISTS', unpack(mores)) > 0

local function end_with(letter, id, record, ttl, unique)
  if has_more then
    local past = redis.call('HMGET', K_more .. id, 'p', 'e')
    if past[1] or past[2] then
      record = record .. '\n' .. cjson.encode({ p = past[1] or nil, e = past[2] or nil })
    end
    redis.call('DEL', K_more .. id)
  end
  redis.call('SET', K_job .. id, record, 'PX', ttl)
  free_unique(unique, id)
  if letter == 'S' then
    local group = succeeded[ttl]
    if not group then
      group = {}
      succeeded[ttl] = group
    end
    group[#group + 1] = id
  else
    bury(letter, id, tonumber(ttl))
  end
end

local function go_on(i, kind, id, err, rest, attempts, progress)
  local record = redis.call('GET', K_job .. id)
  if not is_live(record) then
    return
  end
  local more = K_more .. id
  if progress ~= '' then
    redis.call('HSET', more, 'p', progress)
    mark_more(id)
  end
  local past = redis.call('HMGET', more, 'a', 'c', 'x', 'e')
  if past[3] then
    replies[i] = 'C'
    return close(id, record, 'C', {
      s = ARGV[stamps + i], w = worker, n = tonumber(past[1] or 0) + 1, c = tonumber(past[2] or 0), x = 1,
      e = kind == 'R' and err or past[4] or nil,
    })
  end
  local priority, queue, name = header(record)
  if kind == 'R' then
    local due = now + tonumber(rest)
    redis.call('HSET', more, 'a', attempts, 'e', err, 'd', due, 'w', worker, 's', ARGV[stamps + i])
    mark_more(id)
    schedule(id, queue, due)
  elseif kind == 'L' then
    add_to_lane(released, queue, priority, id)
  else
    redis.call('HSET', more, 'k', 1)
    mark_more(id)
    redis.call('ZADD', K_parked .. name, 0, id)
    redis.call('SADD', K_parkednames, name)
  end
end

if #accepted > 0 then
  redis.call('HDEL', K_worker .. worker, unpack(accepted))
end
for i = 1, n do
  if replies[i] == '1' then
    local kind, id, at = string.sub(kinds, i, i), ARGV[ids + i], rows + 4 * (i - 1)
    if kind == 'S' or kind == 'F' or kind == 'C' then
      end_with(kind, id, unpack(ARGV, at + 1, at + 4))
    else
      go_on(i, kind, id, unpack(ARGV, at + 1, at + 4))
    end
  end
end

for _, lane in ipairs(released) do
  push_first(lane.queue, lane.priority, lane.ids)
  wake(lane.queue, #lane.ids)
end

-- One entry for all that succeeded with the same time-to-live: they also leave together.
for ttl, group in pairs(succeeded) do
  local entry = redis.call('XADD', K_done, '*', 'ids', table.concat(group))
  redis.call('ZADD', K_expiry, now + tonumber(ttl), 'S' .. entry)
  local kept = redis.call('HINCRBY', K_meta, 'succeeded', #group)
  if kept > KEEP_SUCCEEDED then
    -- What is over goes first: its ids may be in use again.
    kept = kept - expire(256)
    while kept > KEEP_SUCCEEDED do
      local oldest = redis.call('XRANGE', K_done, '-', '+', 'COUNT', 1)[1]
      if not oldest then
        break
      end
      local keys, text = {}, oldest[2][2]
      for at = 1, #text, 32 do
        keys[#keys + 1] = K_job .. string.sub(text, at, at + 31)
      end
      redis.call('UNLINK', unpack(keys))
      redis.call('XDEL', K_done, oldest[1])
      redis.call('ZREM', K_expiry, 'S' .. oldest[1])
      kept = redis.call('HINCRBY', K_meta, 'succeeded', -#keys)
    end
  end
end
return table.concat(replies)
