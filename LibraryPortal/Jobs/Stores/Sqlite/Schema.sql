-- The embedded job store, version 1. Times are milliseconds since 1970 (UTC); states are the numbers of JobState.

CREATE TABLE job (
  seq              INTEGER PRIMARY KEY,
  id               BLOB    NOT NULL UNIQUE,      -- 16 bytes, big-endian, so that ids sort by time
  name             TEXT    NOT NULL,
  lane             INTEGER NOT NULL,             -- priority * 65536 + queue.key
  state            INTEGER NOT NULL,
  parked           INTEGER NOT NULL DEFAULT 0,   -- 1: queued, but set aside until a worker knows its name
  pos              INTEGER NOT NULL,             -- place in its lane; kept while it runs, so that a job handed back is first again
  due              INTEGER,
  attempt          INTEGER NOT NULL DEFAULT 0,
  crashes          INTEGER NOT NULL DEFAULT 0,
  cancel           INTEGER NOT NULL DEFAULT 0,
  worker           TEXT,
  stamp            INTEGER,                      -- with worker: the fence
  started          INTEGER,
  finished         INTEGER,
  expires          INTEGER,
  unique_key       TEXT,                         -- only while the job is not final
  progress_done    INTEGER,
  progress_total   INTEGER,
  progress_message TEXT,
  error            TEXT,
  result           BLOB,
  envelope         BLOB    NOT NULL
) STRICT;

-- Each state has the index its readers need and pays for no other.
CREATE INDEX job_ready ON job (parked, lane, pos) WHERE state = 2;
CREATE INDEX job_parked ON job (name) WHERE state = 2 AND parked = 1;
CREATE INDEX job_due ON job (due) WHERE state = 1;
CREATE INDEX job_owned ON job (worker) WHERE state = 3;
CREATE INDEX job_finished ON job (state, finished) WHERE state >= 4;
CREATE INDEX job_expires ON job (expires) WHERE state >= 4;
CREATE UNIQUE INDEX job_unique ON job (unique_key) WHERE unique_key IS NOT NULL;

CREATE TABLE queue (
  key  INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE worker (
  id        TEXT    NOT NULL PRIMARY KEY,
  host      TEXT    NOT NULL,
  process   INTEGER NOT NULL,
  version   TEXT    NOT NULL,
  slots     INTEGER NOT NULL,
  memory    INTEGER NOT NULL,
  queues    TEXT    NOT NULL,                    -- JSON array
  job_names TEXT    NOT NULL,                    -- JSON array
  started   INTEGER NOT NULL,
  last_beat INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- epoch: how often the file was opened; the high half of stamps and places, so that both only ever grow.
CREATE TABLE meta (
  name  TEXT    NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta (name, value) VALUES ('epoch', 0), ('checked', 0);
