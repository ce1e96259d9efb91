-- The hash schedule:<name>.
-- KEYS (of the script that uses it): schedule:. ARGV: none. Needs _time. Returns functions.
--   def   the definition, as it was given         rev   grows with every change
--   cur   every due time up to here is dealt with  wait  due times that wait for the last run to end, separated by commas
--   due   due time fired last                     at    when that was
--   job   the job it made                         n     jobs made        over  due times passed over
-- All times in ms.

-- Columns: name, rev, def, cur, wait, due, at, job, n, over. Nothing for a schedule that is not there.
local function schedule_row(name)
  local row = redis.call('HMGET', K_schedule .. name, 'rev', 'def', 'cur', 'wait', 'due', 'at', 'job', 'n', 'over')
  if not row[1] then
    return nil
  end
  for i = 1, 9 do
    row[i] = row[i] or ''
  end
  table.insert(row, 1, name)
  return row
end

-- Growing with the clock, so that a schedule made anew never repeats a revision of the one before it.
local function next_revision(revision)
  return string.format('%.0f', math.max(tonumber(revision or 0) + 1, now))
end
