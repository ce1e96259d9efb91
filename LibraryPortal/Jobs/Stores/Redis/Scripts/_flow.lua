-- What follows in a flow from the end of its jobs.
-- KEYS (of the script that uses it): flow:, flowplan:, flowended:, flowsteps:, flows:, flowwork, flowexpiry, and those of _cancel, _replay and _tell. ARGV: none.
-- Needs _time, _record, _lane, _due, _ghost, _owned, _dead, _final, _cancel, _replay, _tell. Returns functions. Publishes wake-ups and events.
--   flow:<id>       about (name, owner, accepted), pol (R cancel the rest, G go on), n jobs, ttl ms; ended jobs: s succeeded, f failed, c cancelled;
--                   x once stopped (F failed, C cancelled), t when all had ended; gn gates, and of each: l jobs it still waits for, k of them succeeded,
--                   o once it was passed (1 open, b broken: none succeeded, what lies behind was cancelled); v replays under way;
--                   in the making: sc jobs in place, by the attempt that makes it, gone once it cannot be accepted any more: jobs taken back
--   flowplan:<id>   ids without separator: all, by number; e<gate> behind it; r<gate> whose results it passes on; and shape
--   flowended:<id>  job → letter of its end, '+' when the gate it stands before has counted it and then its result, else '-' and that gate
--   flowsteps:<id>  steps that one call left to the next: kind, gate, position. R release, B break, S stop, V revive all, U revive behind, G open overdue gates
local FLOW_BUDGET = 256
local steps, spent = {}, 0

local function add_step(flow, kind, gate)
  steps[#steps + 1] = { flow = flow, kind = kind, gate = gate or '0', at = 0 }
end

local function close_flow_if_over(flow)
  local key = K_flow .. flow
  local f = redis.call('HMGET', key, 'n', 's', 'f', 'c', 'v', 't', 'ttl')
  if f[6] or tonumber(f[5] or 0) > 0 or f[2] + f[3] + f[4] < tonumber(f[1]) then
    return
  end
  redis.call('HSET', key, 't', now)
  redis.call('ZREM', K_flows .. 'live', flow)
  redis.call('ZADD', K_flows .. 'ended', now, flow)
  redis.call('ZADD', K_flowexpiry, now + tonumber(f[7]), flow)
end

local function reopen_flow(flow)
  redis.call('HDEL', K_flow .. flow, 't')
  redis.call('ZREM', K_flows .. 'ended', flow)
  redis.call('ZREM', K_flowexpiry, flow)
  redis.call('ZADD', K_flows .. 'live', now, flow)
end

local function pass_gate(flow, gate)
  local key = K_flow .. flow
  local state = redis.call('HMGET', key, 'o' .. gate, 'k' .. gate)
  if state[1] then
    return
  end
  redis.call('HSET', key, 'o' .. gate, state[2] and '1' or 'b')
  if gate ~= '1' then
    add_step(flow, state[2] and 'R' or 'B', gate)
  end
end

local function count_flow_end(ended)
  local flow, gate, ok = ended.flow, ended.before, ended.letter == 'S'
  local key = K_flow .. flow
  local f = redis.call('HMGET', key, 'pol', 'x', 'o' .. ended.after)
  -- One call may tell of the same end twice.
  if not f[1] or redis.call('HEXISTS', K_flowended .. flow, ended.id) == 1 then
    return
  end
  -- One that ended before its turn counts once that has come: what it was to wait for is still to end.
  local counted = ok or (f[1] == 'G' and not f[2] and f[3])
  redis.call('HSET', K_flowended .. flow, ended.id, ended.letter .. (counted and '+' .. ended.result or '-' .. gate))
  redis.call('HINCRBY', key, ok and 's' or (ended.letter == 'C' and 'c' or 'f'), 1)
  if counted then
    if ok then
      redis.call('HINCRBY', key, 'k' .. gate, 1)
    end
    if redis.call('HINCRBY', key, 'l' .. gate, -1) == 0 and not f[2] then
      pass_gate(flow, gate)
    end
  elseif f[1] == 'R' and not f[2] then
    redis.call('HSET', key, 'x', ended.letter == 'C' and 'C' or 'F')
    add_step(flow, 'S')
  end
  close_flow_if_over(flow)
end

-- Ends that did not count yet do now: their turn has come.
local function count_ended(flow, ids)
  local ended = #ids > 0 and redis.call('HMGET', K_flowended .. flow, unpack(ids)) or {}
  for i, id in ipairs(ids) do
    local letter, gate = string.match(ended[i] or '', '^(%a)%-(%d*)$')
    if gate == '' then -- written by a former version
      local record = redis.call('GET', K_job .. id)
      gate = record and select(3, flow_of(record))
    end
    if gate then
      redis.call('HSET', K_flowended .. flow, id, letter .. '+')
      if redis.call('HINCRBY', K_flow .. flow, 'l' .. gate, -1) == 0 then
        pass_gate(flow, gate)
      end
    end
  end
end

-- Takes back the end of a job, as far as nothing has gone on because of it. Says false when it cannot begin anew.
local function revive_in_flow(flow, id, due)
  local key = K_flow .. flow
  local ended = redis.call('HGET', K_flowended .. flow, id)
  local record = redis.call('GET', K_job .. id)
  if not ended or string.sub(ended, 1, 1) == 'S' or (record and is_live(record)) then
    return true
  end
  if not record then
    return false
  end
  local _, after, before = flow_of(record)
  local passed = redis.call('HGET', key, 'o' .. after)
  -- None before it succeeded, and none of them begins anew: it would wait for ever.
  if passed == 'b' then
    return false
  end
  local state = replay(id, record, due, passed ~= '1')
  if not state then
    return false
  end
  tell(id, record, state)
  redis.call('HDEL', K_flowended .. flow, id)
  redis.call('HINCRBY', key, string.sub(ended, 1, 1) == 'C' and 'c' or 'f', -1)
  if string.sub(ended, 2, 2) == '+' then
    local gate = redis.call('HGET', key, 'o' .. before)
    -- Open for good: what lies behind is on its way without this job.
    if gate ~= '1' then
      redis.call('HINCRBY', key, 'l' .. before, 1)
      if gate then
        redis.call('HDEL', key, 'o' .. before)
        redis.call('HINCRBY', key, 'v', 1)
        add_step(flow, 'U', before)
      end
    end
  end
  return true
end

-- All that did not succeed begins anew.
local function revive_flow(flow)
  reopen_flow(flow)
  redis.call('HDEL', K_flow .. flow, 'x')
  redis.call('DEL', K_flowsteps .. flow)
  redis.call('HINCRBY', K_flow .. flow, 'v', 1)
  add_step(flow, 'V')
end
