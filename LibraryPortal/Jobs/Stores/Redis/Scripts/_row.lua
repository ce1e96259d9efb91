-- What inspection tells of one job.
-- KEYS (of the script that uses it): more:, workers, workerinfo:, paused. ARGV: none. Needs _time, _record. Returns a function.

-- The queues that a worker heard of lately takes from.
local served
local function is_served(queue)
  if not served then
    served = {}
    for _, worker in ipairs(redis.call('ZRANGE', K_workers, now - 15000, '+inf', 'BYSCORE')) do
      for name in string.gmatch(redis.call('HGET', K_workerinfo .. worker, 'queues') or '', '[^\n]+') do
        served[name] = true
      end
    end
  end
  return served[queue]
end

-- Columns: letter, record, worker, claim stamp, due ms, failed attempts, crashes, '1' when asked to cancel, error, progress, the name and version no worker knows or '', '1' when
-- nobody serves its queue, the gate it waits at or '', '1' when its queue is paused, id. State letters beside those of a record: A waiting on others, D scheduled, W waiting in a lane, R running.
local function row(id, record, letter, worker, claimed, due)
  local more, unserved, paused = {}, '', ''
  if is_live(record) and string.byte(record, 2) == 49 then
    more = redis.call('HMGET', K_more .. id, 'a', 'c', 'x', 'e', 'p', 'k', 'd', 'w', 's', 'g')
  end
  if letter == 'W' then
    local _, queue = header(record)
    unserved = is_served(queue) and '' or '1'
    paused = redis.call('HEXISTS', K_paused, queue) == 1 and '1' or ''
  end
  return {
    letter, record, worker or more[8] or '', claimed or more[9] or '', due or more[7] or '',
    more[1] or '0', more[2] or '0', more[3] or '', more[4] or '', more[5] or '', more[6] or '', unserved, more[10] or '', paused, id,
  }
end
