-- Walks over dead jobs of one state, oldest first, and counts or discards those that match.
-- KEYS     job: dead: expiry flow: outcomes
-- ARGV     as _sweep.lua has them, action (N count, D discard)
-- Returns  matched, changed, refused, and where to go on: ended ms, id; or nothing more
-- Events   none
-- Flags    allow-oom
-- Uses     _record _dead _outcomes _discard _sweep
return sweep(function(id, record)
  if ARGV[10] == 'D' then
    return discard(id, record) and true or false
  end
end)
