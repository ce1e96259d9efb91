-- Taking back what a worker owns, when it leaves or is given up.
-- KEYS (of the script that uses it): workers, worker:, workerinfo:, commands:, and those of _lane, _gate, _final and _withdraw. ARGV: none. Needs _time,
-- _record, _lane, _owned, _gate, _final, _withdraw. Returns a function. Publishes wake-ups.

-- What waits in a queue of a worker that is gone is of no use to others.
local function close_lane(queue)
  for _, id in ipairs(redis.call('LRANGE', K_ready .. queue .. ':0', 0, -1)) do
    local record = redis.call('GET', K_job .. id)
    if record and is_live(record) then
      withdraw(id, record)
      close(id, record, 'C', { n = 0 })
    end
  end
end

-- O(jobs of that worker). Crashed: each job counts a crash and is quarantined at the limit. Appends id, new state letter (L: queued) and first line of
-- the record to the list.
local function hand_back(worker, crashed, quarantine_after, list)
  local owned = claims_of(worker)
  local claims, lanes = {}, {}
  for i = 1, #owned, 2 do
    claims[#claims + 1] = { id = owned[i], stamp = owned[i + 1] }
  end
  -- Jobs that go back together keep their order.
  table.sort(claims, function(a, b) return a.stamp < b.stamp end)
  for _, claim in ipairs(claims) do
    local id = claim.id
    local record = redis.call('GET', K_job .. id)
    if is_live(record) then
      local more = redis.call('HMGET', K_more .. id, 'a', 'c', 'x', 'e')
      local crashes = tonumber(more[2] or 0) + (crashed and 1 or 0)
      local priority, queue = header(record)
      local letter = more[3] and 'C' or (crashed and crashes >= quarantine_after and 'Q') or 'L'
      if has_rules(record) then
        leave_gates(id, record)
        local _, expires = rules(record)
        if letter == 'L' and expires ~= '' then -- it may have begun
          redis.call('HSET', K_more .. id, 'b', 1)
          mark_more(id)
        end
      end
      if letter == 'L' then
        if crashed then
          redis.call('HSET', K_more .. id, 'c', crashes, 'w', worker)
          mark_more(id)
        end
        add_to_lane(lanes, queue, priority, id)
      else
        close(id, record, letter, {
          s = claim.stamp, w = worker, n = tonumber(more[1] or 0), c = crashes, x = more[3] and 1 or nil,
          e = letter == 'Q' and 'Its worker died under it ' .. crashes .. ' times.' or more[4] or nil,
        })
      end
      if not is_own(queue) then
        list[#list + 1] = id
        list[#list + 1] = letter
        list[#list + 1] = first_line(record)
      end
    end
  end
  for _, lane in ipairs(lanes) do
    push_first(lane.queue, lane.priority, lane.ids)
  end
  local queues = redis.call('HGET', K_workerinfo .. worker, 'queues') or ''
  for queue in string.gmatch(queues, '[^\n]+') do
    redis.call('SREM', K_idle .. queue, worker)
    if is_own(queue) then
      close_lane(queue)
    end
  end
  redis.call('ZREM', K_workers, worker)
  redis.call('DEL', K_worker .. worker, K_workerinfo .. worker, K_commands .. worker)
  for _, lane in ipairs(lanes) do
    wake(lane.queue, #lane.ids)
  end
end
