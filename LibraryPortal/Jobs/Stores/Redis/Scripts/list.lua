-- One page of the jobs in a state: those still to run in the order they will, the others newest first.
-- KEYS     job: more: due waiting workers worker: workerinfo: paused ready: lanes blocked parked: parkednames ghosts done dead: expiry meta
-- ARGV     state letter (A waiting on others, D scheduled, W waiting in a lane, R running, S F C E Q ended), jobs to pass over, how many, bytes at most (the last may
--          exceed them)
-- Returns  how many there are in all, 0 or where it broke off because of the bytes how many were looked at, then a row (see _row) for each of these
-- Events   none
-- Flags    allow-oom
-- Uses     _time _record _owned _row _dead _expire
local letter, offset, count = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local ids, about, total = {}, {}, 0

-- Takes what falls on the page out of a list of that length; read gives a part of it, positions from 0.
local function take(length, read)
  if #ids < count and offset < length then
    for _, id in ipairs(read(offset, math.min(length, offset + count - #ids) - 1)) do
      ids[#ids + 1] = id
    end
    offset = 0
  else
    offset = math.max(0, offset - length)
  end
  total = total + length
end

if letter == 'A' then
  take(redis.call('ZCARD', K_waiting), function(from, to)
    return redis.call('ZRANGE', K_waiting, from, to)
  end)
elseif letter == 'D' then
  take(redis.call('ZCARD', K_due), function(from, to)
    return redis.call('ZRANGE', K_due, from, to)
  end)
  for i, due in ipairs(#ids > 0 and redis.call('ZMSCORE', K_due, unpack(ids)) or {}) do
    about[i] = { due = due }
  end
elseif letter == 'W' then
  local lanes = redis.call('SMEMBERS', K_lanes)
  table.sort(lanes, function(a, b)
    local x, y = string.sub(a, -1), string.sub(b, -1)
    return x < y or (x == y and a < b)
  end)
  for _, lane in ipairs(lanes) do
    take(redis.call('LLEN', K_ready .. lane), function(from, to)
      return redis.call('LRANGE', K_ready .. lane, from, to)
    end)
  end
  take(redis.call('ZCARD', K_blocked), function(from, to)
    return redis.call('ZRANGE', K_blocked, from, to)
  end)
  local names = redis.call('SMEMBERS', K_parkednames)
  table.sort(names)
  for _, name in ipairs(names) do
    take(redis.call('ZCARD', K_parked .. name), function(from, to)
      return redis.call('ZRANGE', K_parked .. name, from, to)
    end)
  end
  total = total - redis.call('HLEN', K_ghosts)
elseif letter == 'R' then
  local claims = {}
  for _, worker in ipairs(redis.call('ZRANGE', K_workers, 0, -1)) do
    local owned = claims_of(worker)
    for i = 1, #owned, 2 do
      claims[#claims + 1] = { id = owned[i], worker = worker, stamp = owned[i + 1] }
    end
  end
  table.sort(claims, function(a, b) return a.stamp > b.stamp end)
  total = #claims
  for i = offset + 1, math.min(total, offset + count) do
    ids[#ids + 1] = claims[i].id
    about[#ids] = claims[i]
  end
elseif letter == 'S' then
  expire(500)
  total = tonumber(redis.call('HGET', K_meta, 'succeeded') or 0)
  local before = '+'
  while #ids < count do
    local entries = redis.call('XREVRANGE', K_done, before, '-', 'COUNT', 64)
    if #entries == 0 then
      break
    end
    for _, entry in ipairs(entries) do
      local text = entry[2][2]
      local length = #text / 32
      if offset >= length then
        offset = offset - length
      else
        for at = length - 1 - offset, 0, -1 do
          if #ids < count then
            ids[#ids + 1] = string.sub(text, 32 * at + 1, 32 * at + 32)
          end
        end
        offset = 0
      end
      before = '(' .. entry[1]
    end
  end
else
  expire(500)
  local dead = K_dead .. dead_names[letter]
  take(redis.call('ZCARD', dead), function(from, to)
    return redis.call('ZRANGE', dead, from, to, 'REV')
  end)
end

local reply, room = { total, 0 }, tonumber(ARGV[4])
for i, id in ipairs(ids) do
  if room <= 0 then
    reply[2] = i - 1
    break
  end
  local record = redis.call('GET', K_job .. id)
  local is_ended = letter ~= 'A' and letter ~= 'D' and letter ~= 'W' and letter ~= 'R'
  if record and is_live(record) ~= is_ended then
    local known = about[i] or {}
    reply[#reply + 1] = row(id, record, letter, known.worker, known.stamp, known.due)
    room = room - #record
  end
end
return reply
