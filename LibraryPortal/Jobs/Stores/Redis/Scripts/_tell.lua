-- Telling listeners of jobs whose change no caller knows of, in the form of EventMessage.
-- KEYS (of the script that uses it): events. ARGV: none. Needs _record. Returns functions. Publishes events.
local told, passing = {}, {}

local function sized(text)
  return struct.pack('<I4', #text) .. text
end

-- State is a number of JobState. Of jobs nobody owns, that some were queued or scheduled is told once per name.
local function tell(id, record, state)
  local _, _, name, _, owner = header(record)
  local kind = name .. state
  if owner == '' and state < 4 then
    if passing[kind] then
      return
    end
    passing[kind] = true
  end
  local bytes = string.gsub(id, '%x%x', function(digits) return string.char(tonumber(digits, 16)) end)
  local text = string.char(state, owner == '' and 1 or 3) .. bytes .. sized(name)
  if owner ~= '' then
    text = text .. sized((string.gsub(owner, '%%(%x%x)', function(digits) return string.char(tonumber(digits, 16)) end)))
  end
  told[#told + 1] = text
end

local function send_told()
  if #told > 0 then
    redis.call('PUBLISH', K_events, '\1' .. table.concat(told))
    told, passing = {}, {}
  end
end
