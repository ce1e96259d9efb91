-- What limits allow: set by operators, or declared by workers for as long as they are there.
-- KEYS (of the script that uses it): workers, workerinfo:, and those of _gate. ARGV: none. Needs _gate. Returns functions. Publishes wake-ups.

-- Field is s or d and the name; rule as in _gate, '' to forget it. Lets through whoever may go now. Says whether something changed.
local function set_rule(field, rule)
  if (redis.call('HGET', K_limits, field) or '') == rule then
    return false
  end
  if rule == '' then
    redis.call('HDEL', K_limits, field)
  else
    redis.call('HSET', K_limits, field, rule)
  end
  local gate = 'c' .. string.sub(field, 2)
  rules_of_gates[gate] = nil
  -- A longer period must not forget starts by the shorter one.
  local _, starts, period = rule_of(gate)
  if starts then
    redis.call('PEXPIRE', K_starts .. gate, period)
  end
  open_gate(gate)
  return true
end

-- Forgets the rules that no worker declares any more.
local function withdraw_limits()
  local declared, known = {}, {}
  for _, field in ipairs(redis.call('HKEYS', K_limits)) do
    if string.byte(field) == 100 then
      declared[#declared + 1] = string.sub(field, 2)
    end
  end
  if #declared == 0 then
    return
  end
  for _, worker in ipairs(redis.call('ZRANGE', K_workers, 0, -1)) do
    local names = redis.call('HGET', K_workerinfo .. worker, 'limits')
    -- One of an earlier version does not say, and may declare any.
    if not names then
      return
    end
    for name in string.gmatch(names, '%S+') do
      known[name] = true
    end
  end
  for _, name in ipairs(declared) do
    if not known[name] then
      set_rule('d' .. name, '')
    end
  end
end
