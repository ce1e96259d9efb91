-- What a worker owns: worker:<w>, a hash of id → claim stamp, with a '+' behind the stamp once more:<id> exists.
-- KEYS (of the script that uses it): worker:. ARGV: none. Returns functions.

-- A field with an empty name and a long value keeps Redis from storing a hash of some hundred claims as a list, in which every access is a walk.
local function open_claims(worker)
  redis.call('HSET', K_worker .. worker, '', string.rep('-', 65))
end

-- id, stamp, id, stamp ...
local function claims_of(worker)
  local fields, claims = redis.call('HGETALL', K_worker .. worker), {}
  for i = 1, #fields, 2 do
    if fields[i] ~= '' then
      claims[#claims + 1] = fields[i]
      claims[#claims + 1] = string.sub(fields[i + 1], 1, 19)
    end
  end
  return claims
end

local function count_claims(worker)
  return math.max(0, redis.call('HLEN', K_worker .. worker) - 1)
end

-- Tells finish and, should the job be handed back, the next claim to read more:<id>.
local function mark_claim(worker, id, stamp)
  redis.call('HSET', K_worker .. worker, id, stamp .. '+')
end
