-- Keeps what a run says of itself: its cursor, or a line of its log. Of a job the worker does not own it is refused.
-- KEYS     worker: job: more: log:
-- ARGV     worker, id, stamp, 'C' cursor or 'L' line, text, lines kept at most
-- Returns  1, or 0 when refused
-- Events   none
-- Flags    allow-oom
-- Uses     _time _record _owned
local worker, id, stamp = ARGV[1], ARGV[2], ARGV[3]
local claim = redis.call('HGET', K_worker .. worker, id)
if claim ~= stamp and claim ~= stamp .. '+' then
  return 0
end
local added
if ARGV[4] == 'C' then
  added = redis.call('HSET', K_more .. id, 'u', ARGV[5])
else
  redis.call('XADD', K_log .. id, 'MAXLEN', '=', ARGV[6], '*', 't', now, 'l', ARGV[5])
  added = redis.call('HSET', K_more .. id, 'o', 1)
end
if added == 1 then
  mark_more(id)
  mark_claim(worker, id, stamp)
end
return 1
