-- The value of job:<id>: lines of text that scripts can take apart without parsing JSON.
-- KEYS (of the script that uses it): job:. ARGV: none. Returns functions.
--   line 1  state letter, '1' once more:<id> exists (else '0'), priority digit (4 more where its outcomes go into the history, 8 more where it has rules),
--           then queue, name, result time-to-live in ms, owner, unique key, and with rules its gates (space between) and when it expires in ms or '', tab between;
--           of a job of a flow last of all a blank, flow, gate it waits at, gate that waits for it, colon between
--   line 2  the envelope
--   line 3  the outcome as JSON, only in a final record: t finished ms, s started (ms × 10⁶, as claim stamps are), w worker, n attempts, c crashes, e error, p progress,
--           x 1 when asked to cancel, r result
--   line 4  what more:<id> knew beside that (p, e), only in a final record that a worker wrote
-- State letters: L live; S succeeded, F failed, C cancelled, E expired, Q quarantined.
local function is_live(record)
  return record and string.byte(record) == 76
end

-- priority, queue, name, ttl, owner, unique key
local function header(record)
  return tostring(string.byte(record, 3) % 4), string.match(record, '^...([^\t\n]*)\t([^\t\n]*)\t([^\t\n]*)\t([^\t\n]*)\t([^\t\n]*)')
end

-- A queue that one worker alone takes from.
local function is_own(queue)
  return string.byte(queue) == 64 -- @
end

-- Whether something beside a free slot decides when it may start: gates, or an expiry.
local function has_rules(record)
  return string.byte(record, 3) > 55
end

-- gates, expires or ''
local function rules(record)
  return string.match(record, '^[^\t\n]*\t[^\t\n]*\t[^\t\n]*\t[^\t\n]*\t[^\t\n]*\t([^\t\n]*)\t([^\t\n]*)')
end

local function keeps_history(record)
  return math.floor(string.byte(record, 3) / 4) % 2 == 1
end

-- flow, gate it waits at, gate that waits for it; nothing for a job of its own
local function flow_of(record)
  return string.match(record, '^[^\n]*\t (%x+):(%d+):(%d+)')
end

local function first_line(record)
  return string.match(record, '^[^\n]*')
end

-- The first two lines, as a live record has them.
local function live_part(record)
  return string.match(record, '^[^\n]*\n[^\n]*')
end

-- Tells the next claim to read more:<id>. While the job runs, mark_claim (_owned) tells finish.
local function mark_more(id)
  redis.call('SETRANGE', K_job .. id, 1, '1')
end
