-- Putting jobs set aside for want of a worker that knows them back at the head of their lanes.
-- KEYS (of the script that uses it): job:, more:, parked:, parkednames, and those of _lane. ARGV: job names, from the position that is given.
-- Needs _record, _lane. Returns a function. Publishes wake-ups.

-- For a worker that knows the names. At most 256 jobs; says whether there may be more.
local function unpark(first)
  if #ARGV < first or redis.call('EXISTS', K_parkednames) == 0 then
    return false
  end
  local lanes, room = {}, 256
  for i, is_parked in ipairs(redis.call('SMISMEMBER', K_parkednames, unpack(ARGV, first))) do
    if is_parked == 1 and room > 0 then
      local name = ARGV[first - 1 + i]
      -- The last first: those of the next call stand before them then.
      local ids = redis.call('ZRANGE', K_parked .. name, -room, -1)
      for _, id in ipairs(ids) do
        local record = redis.call('GET', K_job .. id)
        if is_live(record) then
          redis.call('HDEL', K_more .. id, 'k')
          local priority, queue = header(record)
          add_to_lane(lanes, queue, priority, id)
        end
      end
      room = room - #ids
      redis.call('ZREMRANGEBYRANK', K_parked .. name, -#ids, -1)
      if redis.call('EXISTS', K_parked .. name) == 0 then
        redis.call('SREM', K_parkednames, name)
      end
    end
  end
  for _, lane in ipairs(lanes) do
    push_first(lane.queue, lane.priority, lane.ids)
    wake(lane.queue, #lane.ids)
  end
  return room == 0
end
