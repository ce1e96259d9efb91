-- The limits, with who is through and who waits.
-- KEYS     limits held: waiters: waitlanes:
-- ARGV     none
-- Returns  for each: name, rule set by an operator or '', rule declared or '', jobs that run, jobs that wait
-- Events   none
-- Flags    no-writes
local seen, names, reply = {}, {}, {}
for _, field in ipairs(redis.call('HKEYS', K_limits)) do
  local name = string.sub(field, 2)
  if not seen[name] then
    seen[name] = true
    names[#names + 1] = name
  end
end
table.sort(names)
for _, name in ipairs(names) do
  local waiting = 0
  for _, lane in ipairs(redis.call('SMEMBERS', K_waitlanes .. 'c' .. name)) do
    waiting = waiting + redis.call('ZCARD', K_waiters .. 'c' .. name .. ' ' .. lane)
  end
  reply[#reply + 1] = name
  reply[#reply + 1] = redis.call('HGET', K_limits, 's' .. name) or ''
  reply[#reply + 1] = redis.call('HGET', K_limits, 'd' .. name) or ''
  reply[#reply + 1] = redis.call('SCARD', K_held .. 'c' .. name)
  reply[#reply + 1] = waiting
end
return reply
