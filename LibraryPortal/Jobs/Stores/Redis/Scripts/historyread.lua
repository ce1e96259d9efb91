-- Ended jobs that are still to go into the history, oldest first. One reader at a time: no two shall do the same work.
-- KEYS     job: outcomes historian
-- ARGV     who reads, for how long nobody else shall in ms, jobs at most (the last entry may have more)
-- Returns  nothing while somebody else reads; else when the first of all ended in ms or 0, entries of outcomes, final records
-- Events   none
-- Flags    allow-oom
-- Uses     _record
local holder, most = redis.call('GET', K_historian), tonumber(ARGV[3])
if holder and holder ~= ARGV[1] then
  return false
end
redis.call('SET', K_historian, ARGV[1], 'PX', ARGV[2])
local entries, records, first = {}, {}, 0
for _, entry in ipairs(redis.call('XRANGE', K_outcomes, '-', '+', 'COUNT', most)) do
  if #records >= most then
    break
  end
  entries[#entries + 1] = entry[1]
  if #entries == 1 then
    first = tonumber(string.match(entry[1], '^%d+'))
  end
  local kind, value = entry[2][1], entry[2][2]
  if kind == 'id' then
    records[#records + 1] = entry[2][4]
  else
    local keys = {}
    for at = 1, #value, 32 do
      keys[#keys + 1] = K_job .. string.sub(value, at, at + 31)
    end
    for _, record in ipairs(redis.call('MGET', unpack(keys))) do
      -- A live one was replayed: its outcome has an entry of its own.
      if record and not is_live(record) then
        records[#records + 1] = record
      end
    end
  end
end
return { first, entries, records }
