-- Putting jobs into a lane and waking idle workers for them.
-- KEYS (of the script that uses it): ready:, lanes, idle:, wake. ARGV: none. Returns functions. Publishes wake-ups.

-- Command is RPUSH (tail) or LPUSH (head; the last of the ids then stands first).
local function push(command, queue, priority, ...)
  local length = redis.call(command, K_ready .. queue .. ':' .. priority, ...)
  if length == select('#', ...) then -- the list was empty, so the lane may be unknown
    redis.call('SADD', K_lanes, queue .. ':' .. priority)
  end
end

-- Puts ids back at the head of their lane so that they keep their order.
local function push_first(queue, priority, ids)
  local count = #ids
  for from = count, 1, -256 do
    local chunk = {}
    for at = from, math.max(1, from - 255), -1 do
      chunk[#chunk + 1] = ids[at]
    end
    push('LPUSH', queue, priority, unpack(chunk))
  end
end

-- Tells up to that many idle workers of the queue. They are no longer idle until a claim finds nothing again.
local function wake(queue, count)
  local woken = redis.call('SPOP', K_idle .. queue, count)
  if #woken > 0 then
    redis.call('PUBLISH', K_wake, 'W ' .. table.concat(woken, ' '))
  end
end

-- Collects ids by lane, in the order they come.
local function add_to_lane(lanes, queue, priority, id)
  local name = queue .. ':' .. priority
  local lane = lanes[name]
  if not lane then
    lane = { queue = queue, priority = priority, ids = {} }
    lanes[name] = lane
    lanes[#lanes + 1] = lane
  end
  lane.ids[#lane.ids + 1] = id
end
