-- Taking the steps of flows: as many as one call may, the rest is left for the next.
-- KEYS (of the script that uses it): those of _flow, and for ends passed over meta. ARGV: none.
-- Needs _flow and all that needs. Returns functions. Publishes wake-ups and events.
local function let_go(id, lanes)
  local record = redis.call('GET', K_job .. id)
  local priority, queue = header(record)
  local due = string.byte(record, 2) == 49 and tonumber(redis.call('HGET', K_more .. id, 'd') or 0) or 0
  if due > now then
    schedule(id, queue, due)
    tell(id, record, 1)
  else
    add_to_lane(lanes, queue, priority, id)
    tell(id, record, 2)
  end
end

local function cancel_in_flow(id)
  local letter, line = cancel_job(id)
  if letter == 'C' or letter == 'R' then
    tell(id, line, letter == 'C' and 6 or 3)
  end
end

-- The ids of a step's page; the step moves on. Nothing is left when it returns true.
local function turn_page(step, field)
  local all = redis.call('HGET', K_flowplan .. step.flow, field) or ''
  local ids = {}
  local last = math.min(#all / 32, step.at + FLOW_BUDGET - spent)
  for at = step.at, last - 1 do
    ids[#ids + 1] = string.sub(all, 32 * at + 1, 32 * at + 32)
  end
  spent = spent + #ids
  step.at = last
  return ids, last == #all / 32
end

local run_step = {}

function run_step.R(step, f)
  if f.x or f.open ~= '1' then
    return true
  end
  local ids, done = turn_page(step, 'e' .. step.gate)
  local lanes, early = {}, {}
  for _, id in ipairs(ids) do
    if redis.call('ZREM', K_waiting, id) == 1 then
      let_go(id, lanes)
    else
      early[#early + 1] = id
    end
  end
  count_ended(step.flow, early)
  for _, lane in ipairs(lanes) do
    push('RPUSH', lane.queue, lane.priority, unpack(lane.ids))
    wake(lane.queue, #lane.ids)
  end
  return done
end

function run_step.B(step, f)
  if f.x or f.open ~= 'b' then
    return true
  end
  local ids, done = turn_page(step, 'e' .. step.gate)
  count_ended(step.flow, ids)
  for _, id in ipairs(ids) do
    if redis.call('ZSCORE', K_waiting, id) then
      cancel_in_flow(id)
    end
  end
  return done
end

function run_step.S(step, f)
  if not f.x then
    return true
  end
  local ids, done = turn_page(step, 'all')
  local ended = #ids > 0 and redis.call('HMGET', K_flowended .. step.flow, unpack(ids)) or {}
  for i, id in ipairs(ids) do
    if not ended[i] then
      cancel_in_flow(id)
    end
  end
  return done
end

local function end_revival(flow)
  redis.call('HINCRBY', K_flow .. flow, 'v', -1)
  close_flow_if_over(flow)
end

function run_step.V(step, f)
  local key, done = K_flow .. step.flow, true
  if not f.x then
    local ids
    ids, done = turn_page(step, 'all')
    for _, id in ipairs(ids) do
      if not revive_in_flow(step.flow, id) then
        step.gate = '1' -- kept with the step: some could not
      end
    end
  end
  if done then
    if step.gate == '1' and not f.x and f.pol == 'R' then
      redis.call('HSET', key, 'x', 'F')
      add_step(step.flow, 'S')
    else
      add_step(step.flow, 'G', step.gate)
    end
    end_revival(step.flow)
  end
  return done
end

function run_step.U(step, f)
  local done = true
  if not f.x and f.open ~= 'b' then
    local ids
    ids, done = turn_page(step, 'e' .. step.gate)
    for _, id in ipairs(ids) do
      if string.sub(redis.call('HGET', K_flowended .. step.flow, id) or '', 1, 1) == 'C' then
        revive_in_flow(step.flow, id)
      end
    end
  end
  if done then
    end_revival(step.flow)
  end
  return done
end

-- Gates whose last job succeeded while the flow was stopped. With gate 1: where jobs could not begin anew, their ends count too.
function run_step.G(step, f)
  local key = K_flow .. step.flow
  local count = tonumber(redis.call('HGET', key, 'gn'))
  local last = f.x and count or math.min(count, step.at + FLOW_BUDGET - spent)
  for gate = step.at, f.x and -1 or last - 1 do
    spent = spent + 1
    local g = redis.call('HMGET', key, 'l' .. gate, 'o' .. gate)
    if g[2] and step.gate == '1' then
      add_step(step.flow, g[2] == '1' and 'R' or 'B', tostring(gate))
    elseif tonumber(g[1]) == 0 then
      pass_gate(step.flow, tostring(gate))
    end
  end
  step.at = last
  return last == count
end

-- Ends before their turn that a former version passed over when that came, since it did not know that they are still to count: their flow would wait for them
-- for good. Every ten seconds some of the flows that go on are looked at, those of which nothing is left to do and something ended without success.
local function look_for_ends_passed_over()
  if math.abs(now - tonumber(redis.call('HGET', K_meta, 'flows') or 0)) < 10000 then
    return
  end
  redis.call('HSET', K_meta, 'flows', now)
  for _, flow in ipairs(redis.call('ZRANDMEMBER', K_flows .. 'live', 16)) do
    local f = redis.call('HMGET', K_flow .. flow, 'pol', 'x', 'v', 'f', 'c')
    if f[1] == 'G' and not f[2] and tonumber(f[3] or 0) == 0 and f[4] + f[5] > 0 and not redis.call('ZSCORE', K_flowwork, flow) then
      add_step(flow, 'G', '1')
    end
  end
end

-- Loads the steps one flow was left with, of the one that has waited longest.
local function take_left_steps()
  local flow = redis.call('ZRANGE', K_flowwork, 0, 0)[1]
  if flow then
    for _, text in ipairs(redis.call('LRANGE', K_flowsteps .. flow, 0, -1)) do
      local kind, gate, at = string.match(text, '^(%a) (%d+) (%d+)$')
      steps[#steps + 1] = { flow = flow, kind = kind, gate = gate, at = tonumber(at) }
    end
    redis.call('DEL', K_flowsteps .. flow)
    redis.call('ZREM', K_flowwork, flow)
  end
end

-- Counts what ended and goes on with what follows, so far as one call may; the rest is left for the next. To be called last by every script that ends jobs.
local function work_on_flows()
  local counted, worked = 0, 0
  while counted < #flow_ends or (worked < #steps and spent < FLOW_BUDGET) do
    if counted < #flow_ends then
      counted = counted + 1
      count_flow_end(flow_ends[counted])
    else
      local step = steps[worked + 1]
      local f = redis.call('HMGET', K_flow .. step.flow, 'pol', 'x', 'o' .. step.gate)
      if not f[1] or run_step[step.kind](step, { pol = f[1], x = f[2] or nil, open = f[3] or nil }) then
        worked = worked + 1
      end
    end
  end
  for at = worked + 1, #steps do
    local step = steps[at]
    redis.call('RPUSH', K_flowsteps .. step.flow, step.kind .. ' ' .. step.gate .. ' ' .. step.at)
    redis.call('ZADD', K_flowwork, now, step.flow)
  end
  send_told()
end
