-- Begins a flow, or goes on beginning it: what is to be known of it, in parts. Nothing of it runs until flowstart.
-- KEYS     flow: flowplan: flowstaged
-- ARGV     flow, attempt, '1' for the first part, then field, value ...: l<gate> jobs it waits for, e<gate>, r<gate>, all, shape (see _flow)
-- Returns  'O' done, 'X' it is there already, 'W' another attempt makes it at this moment, 'H' and another attempt, which broke off half-made,
--          'G' it was taken back meanwhile
-- Events   none
-- Uses     _time _maker
local flow, attempt = ARGV[1], ARGV[2]
local known = redis.call('HMGET', K_flow .. flow, 'pol', 'by', 'gone')
if known[1] then
  return 'X'
end
local is_staged = redis.call('ZSCORE', K_flowstaged, flow)
if is_staged and known[2] ~= attempt then
  return ARGV[3] ~= '1' and 'G' or is_being_made(flow) and 'W' or 'H' .. (known[2] or '')
end
if known[3] or (not is_staged and ARGV[3] ~= '1') then
  return 'G'
end
redis.call('ZADD', K_flowstaged, now, flow)
redis.call('HSET', K_flow .. flow, 'by', attempt)
for at = 4, #ARGV, 2 do
  redis.call('HSET', (string.sub(ARGV[at], 1, 1) == 'l' and K_flow or K_flowplan) .. flow, ARGV[at], ARGV[at + 1])
end
return 'O'
