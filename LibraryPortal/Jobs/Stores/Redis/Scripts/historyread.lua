-- Ended jobs that are still to go into the history, oldest first. One reader at a time: no two shall do the same work.
-- KEYS     job: outcomes historian
-- ARGV     who reads, for how long nobody else shall in ms, jobs at most, bytes at most (the last entry may have more of both)
-- Returns  nothing while somebody else reads; else when the first of all ended in ms or 0, entries of outcomes, final records, their ids
-- Events   none
-- Flags    allow-oom
-- Uses     _record
local holder, most, room = redis.call('GET', K_historian), tonumber(ARGV[3]), tonumber(ARGV[4])
if holder and holder ~= ARGV[1] then
  return false
end
redis.call('SET', K_historian, ARGV[1], 'PX', ARGV[2])
local entries, records, ids, first = {}, {}, {}, 0

local function add(id, record)
  ids[#ids + 1] = id
  records[#records + 1] = record
  room = room - #record
end

for _, entry in ipairs(redis.call('XRANGE', K_outcomes, '-', '+', 'COUNT', most)) do
  if #records >= most or room <= 0 then
    break
  end
  entries[#entries + 1] = entry[1]
  if #entries == 1 then
    first = tonumber(string.match(entry[1], '^%d+'))
  end
  local kind, value = entry[2][1], entry[2][2]
  if kind == 'id' then
    add(value, entry[2][4])
  else
    local keys = {}
    for at = 1, #value, 32 do
      keys[#keys + 1] = K_job .. string.sub(value, at, at + 31)
    end
    for i, record in ipairs(redis.call('MGET', unpack(keys))) do
      -- A live one was replayed: its outcome has an entry of its own.
      if record and not is_live(record) then
        add(string.sub(value, 32 * i - 31, 32 * i), record)
      end
    end
  end
end
return { first, entries, records, ids }
