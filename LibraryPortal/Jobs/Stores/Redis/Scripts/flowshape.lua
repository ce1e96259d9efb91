-- How a flow is built.
-- KEYS     flow: flowplan:
-- ARGV     flow
-- Returns  its shape, or nothing
-- Events   none
-- Flags    no-writes
return redis.call('HEXISTS', K_flow .. ARGV[1], 'pol') == 1 and redis.call('HGET', K_flowplan .. ARGV[1], 'shape') or false
