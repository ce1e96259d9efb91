-- Walks over dead jobs of one state, oldest first, and counts, replays or discards those that match.
-- KEYS     flow: flowplan: flowended: flowsteps: flows: flowwork flowexpiry events job: more: workers worker: commands: wake ready: lanes idle: due parked: parkednames unique: dead: expiry ghosts waiting outcomes log: meta expiring limits held: starts: waiters: waitlanes: blocked opening
-- ARGV     action (N count, R replay, D discard), state letter, from ms, before ms, id passed last among those that ended at 'from' or '', jobs to look at,
--          name or '', queue or '', owner or '', part of the error in small letters or '', first due ms or '' (at once), ms between them
-- Returns  matched, changed, refused, and where to go on: ended ms, id; or nothing more
-- Events   wake-ups; events of the jobs changed
-- Uses     _time _record _lane _gate _due _ghost _owned _dead _outcomes _final _withdraw _cancel _replay _tell _flow _flowsteps _retry _discard
local action, letter, from, before, tie, most = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
local name, queue, owner, text = ARGV[7], ARGV[8], ARGV[9], ARGV[10]
local dead = K_dead .. dead_names[letter]

-- Of one moment there may be many; those passed already are passed over.
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

local function error_of(record)
  local outcome, past = string.match(record, '^[^\n]*\n[^\n]*\n([^\n]*)\n?(.*)')
  return cjson.decode(outcome).e or (past ~= '' and cjson.decode(past).e) or ''
end

local function matches(record)
  local _, its_queue, its_name, _, its_owner = header(record)
  return (name == '' or name == its_name) and (queue == '' or queue == its_queue) and (owner == '' or owner == its_owner)
    and (text == '' or string.find(string.lower(error_of(record)), text, 1, true) ~= nil)
end

local matched, changed, refused = 0, 0, 0
for _, job in ipairs(found) do
  local record = redis.call('GET', K_job .. job.id)
  if record and not is_live(record) and matches(record) then
    matched = matched + 1
    if action ~= 'N' then
      local due = ARGV[11] ~= '' and math.ceil(tonumber(ARGV[11]) + changed * tonumber(ARGV[12])) or nil
      local done
      if action == 'R' then
        done = retry_job(job.id, record, due)
        if done then
          tell(job.id, record, due and due > now and 1 or 2)
        end
      else
        done = discard(job.id, record)
      end
      changed, refused = changed + (done and 1 or 0), refused + (done and 0 or 1)
    end
  end
end
work_on_flows()
local last = found[most]
return last and { matched, changed, refused, last.ended, last.id } or { matched, changed, refused }
