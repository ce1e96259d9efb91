-- Ending jobs that have not started by their expiry: Waiting, Scheduled, Queued → Expired.
-- KEYS (of the script that uses it): job:, expiring, and those of _making, _withdraw and _final. ARGV: none. Needs _time, _record, _making, _final, _withdraw, _expiry.
-- Returns a function.

-- Appends id, E and first line of the record to the list. Says whether there may be more.
local function end_overdue(list)
  local over = redis.call('ZRANGE', K_expiring, '-inf', now, 'BYSCORE', 'LIMIT', 0, 256)
  for _, id in ipairs(over) do
    if flow_in_the_making(id) then
      -- Looked at again in a second, so that many of them hide nobody else.
      redis.call('ZADD', K_expiring, now + 1000, id)
    else
      local record = redis.call('GET', K_job .. id)
      if record and is_live(record) and not has_begun(id, record) then
        withdraw(id, record)
        close(id, record, 'E', { n = 0, e = 'It had not started when its time was over.' })
        for _, value in ipairs({ id, 'E', first_line(record) }) do
          list[#list + 1] = value
        end
      end
      redis.call('ZREM', K_expiring, id)
    end
  end
  return #over == 256
end
