-- Ended jobs that are still to go into the history: outcomes, a stream. An entry has ids, done (where they are successes: their entry there, else '') and at (the ms
-- by which dead: has their end), or id and record of an outcome whose job was replayed. Until they are told, records and their places in the lists stay a week longer than their time-to-live.
-- KEYS (of the script that uses it): outcomes. ARGV: none. Returns functions.
local UNTOLD_MS = 604800000

-- Past these many even what was not told is forgotten: nothing grows without limit.
local KEEP_UNTOLD_SUCCEEDED, KEEP_UNTOLD_DEAD = 4 * KEEP_SUCCEEDED, 4 * KEEP_DEAD

local function tell_later(ids, done, at)
  redis.call('XADD', K_outcomes, '*', 'ids', ids, 'done', done, 'at', at)
end

-- Whether something that ended then may be among them. An entry is dated when it is written, which may be a moment after the end.
local function may_be_untold(ended)
  local first = redis.call('XRANGE', K_outcomes, '-', '+', 'COUNT', 1)[1]
  local written = first and tonumber(string.match(first[1], '^%d+'))
  return first and ended >= math.min(written, tonumber(first[2][6] or '') or written)
end
