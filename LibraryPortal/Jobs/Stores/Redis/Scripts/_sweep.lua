-- Walks over dead jobs of one state, oldest first.
-- KEYS (of the script that uses it): job: dead:
-- ARGV: state letter, from ms, before ms, id passed last among those that ended at 'from' or '', jobs to look at, name or '', queue or '', owner or '',
--       part of the error in small letters or ''. Needs _record _dead. Returns a function.
local letter, from, before, tie, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
local name, queue, owner, text = ARGV[6], ARGV[7], ARGV[8], ARGV[9]

local function error_of(record)
  local outcome, past = string.match(record, '^[^\n]*\n[^\n]*\n([^\n]*)\n?(.*)')
  return cjson.decode(outcome).e or (past ~= '' and cjson.decode(past).e) or ''
end

local function matches(record)
  local _, its_queue, its_name, _, its_owner = header(record)
  return (name == '' or name == its_name) and (queue == '' or queue == its_queue) and (owner == '' or owner == its_owner)
    and (text == '' or string.find(string.lower(error_of(record)), text, 1, true) ~= nil)
end

-- Of one moment there may be many; those passed already are passed over.
local function dead_ones()
  local dead = K_dead .. dead_names[letter]
  local found, offset = {}, 0
  repeat
    local some = redis.call('ZRANGE', dead, from, '(' .. before, 'BYSCORE', 'LIMIT', offset, most, 'WITHSCORES')
    for i = 1, #some, 2 do
      if (tonumber(some[i + 1]) > from or some[i] > tie) and #found < most then
        found[#found + 1] = { id = some[i], ended = some[i + 1] }
      end
    end
    offset = offset + most
  until #found == most or #some < 2 * most
  return found
end

-- What the action, given a job's id, its record and how many were changed before it, answers says whether it is changed; nil leaves it uncounted.
-- Comes to: matched, changed, refused, and where to go on: ended ms, id; or nothing more.
local function sweep(action)
  local matched, changed, refused = 0, 0, 0
  local found = dead_ones()
  for _, job in ipairs(found) do
    local record = redis.call('GET', K_job .. job.id)
    if record and not is_live(record) and matches(record) then
      matched = matched + 1
      local done = action(job.id, record, changed)
      if done then
        changed = changed + 1
      elseif done == false then
        refused = refused + 1
      end
    end
  end
  local last = found[most]
  return last and { matched, changed, refused, last.ended, last.id } or { matched, changed, refused }
end
