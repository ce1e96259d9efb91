-- Who makes a flow. KEYS (of the script that uses it): flowstaged. ARGV: none. Needs _time. Returns a function.

-- Whether its maker was heard of within a second. One that was not has died, or is told when it comes back.
local function is_being_made(flow)
  local heard = redis.call('ZSCORE', K_flowstaged, flow)
  return heard and math.abs(now - tonumber(heard)) < 1000
end
