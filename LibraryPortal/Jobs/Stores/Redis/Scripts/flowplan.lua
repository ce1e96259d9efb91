-- Begins a flow, or goes on beginning it: what is to be known of it, in parts. Nothing of it runs until flowstart.
-- KEYS     flow: flowplan: flowstaged
-- ARGV     flow, '1' for the first part, then field, value ...: l<gate> jobs it waits for, e<gate>, r<gate>, all, shape (see _flow)
-- Returns  'O' done, 'X' it is there already, 'H' another attempt at it broke off half-made, 'G' it was taken back meanwhile
-- Events   none
-- Uses     _time
local flow = ARGV[1]
if redis.call('HEXISTS', K_flow .. flow, 'pol') == 1 then
  return 'X'
end
local staged = redis.call('ZSCORE', K_flowstaged, flow)
if ARGV[2] == '1' then
  if staged then
    return 'H'
  end
  redis.call('ZADD', K_flowstaged, now, flow)
elseif not staged or redis.call('HEXISTS', K_flow .. flow, 'gone') == 1 then
  return 'G'
end
for at = 3, #ARGV, 2 do
  redis.call('HSET', (string.sub(ARGV[at], 1, 1) == 'l' and K_flow or K_flowplan) .. flow, ARGV[at], ARGV[at + 1])
end
return 'O'
