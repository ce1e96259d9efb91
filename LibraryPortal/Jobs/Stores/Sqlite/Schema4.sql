-- Version 4: expiry, gates (serial keys and limits by name), cursors, log lines, paused queues. Times are milliseconds since 1970 (UTC).

ALTER TABLE job ADD COLUMN expire_at INTEGER;  -- not started by then, it expires; NULL once it has begun
ALTER TABLE job ADD COLUMN held TEXT;          -- with parked 1: the name, and the version after an @, that no worker knows; with parked 2: the gate it waits at
ALTER TABLE job ADD COLUMN cursor BLOB;        -- JSON: where its next run goes on

DROP INDEX job_parked;
UPDATE job SET held = name WHERE parked = 1;
CREATE INDEX job_held ON job (parked, held, lane, pos) WHERE state = 2 AND parked > 0;
CREATE INDEX job_unstarted ON job (expire_at) WHERE state < 3 AND expire_at IS NOT NULL;

-- Gates: s and a serial key, or c and the name of a limit. Who is through holds a place until its run is over.
CREATE TABLE gate_holder (
  gate TEXT NOT NULL,
  job  BLOB NOT NULL,                          -- job.id
  PRIMARY KEY (gate, job)
) STRICT, WITHOUT ROWID;

-- Who went through a gate that lets only so many through in a period.
CREATE TABLE gate_start (
  seq  INTEGER PRIMARY KEY,
  gate TEXT    NOT NULL,
  at   INTEGER NOT NULL
) STRICT;

CREATE INDEX gate_start_at ON gate_start (gate, at);

-- When to look at a gate again that jobs wait at for no other reason than its period.
CREATE TABLE gate_opening (
  gate TEXT    NOT NULL PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What limits allow. An operator's rule goes before the declared one.
CREATE TABLE job_limit (
  name     TEXT    NOT NULL,
  operator INTEGER NOT NULL,
  running  INTEGER,
  starts   INTEGER,
  period   INTEGER,
  PRIMARY KEY (name, operator)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_log (
  seq  INTEGER PRIMARY KEY,
  job  BLOB    NOT NULL,                       -- job.id
  at   INTEGER NOT NULL,
  text TEXT    NOT NULL
) STRICT;

CREATE INDEX job_log_job ON job_log (job, seq);

CREATE TRIGGER job_gone AFTER DELETE ON job BEGIN
  DELETE FROM job_log WHERE job = old.id;
END;

ALTER TABLE queue ADD COLUMN paused INTEGER;   -- since when; NULL: it is not
