-- Version 5: flows. A job of a flow that waits for others has state 0; what is known of its flow lies beside it, so that jobs of no flow pay nothing.

CREATE INDEX job_waiting ON job (pos) WHERE state = 0;

CREATE TABLE flow (
  key       INTEGER PRIMARY KEY,
  id        BLOB    NOT NULL UNIQUE,
  name      TEXT    NOT NULL,
  owner     TEXT,
  policy    INTEGER NOT NULL,                  -- the number of FlowFailure
  accepted  INTEGER NOT NULL,
  ttl       INTEGER NOT NULL,
  total     INTEGER NOT NULL,
  stop      INTEGER NOT NULL DEFAULT 0,        -- why no more gates open: 0 they do, 1 a job failed, 2 cancelled
  succeeded INTEGER NOT NULL DEFAULT 0,
  failed    INTEGER NOT NULL DEFAULT 0,
  cancelled INTEGER NOT NULL DEFAULT 0,
  finished  INTEGER,
  expires   INTEGER,
  shape     BLOB    NOT NULL
) STRICT;

CREATE INDEX flow_running ON flow (accepted) WHERE finished IS NULL;
CREATE INDEX flow_finished ON flow (finished) WHERE finished IS NOT NULL;
CREATE INDEX flow_expires ON flow (expires) WHERE expires IS NOT NULL;

CREATE TABLE flow_gate (
  flow      INTEGER NOT NULL,
  gate      INTEGER NOT NULL,
  waits     INTEGER NOT NULL,                  -- jobs before it that have not ended
  succeeded INTEGER NOT NULL DEFAULT 0,
  open      INTEGER NOT NULL DEFAULT 0,        -- 1: open for good; 2: none before it succeeded, so what lies behind was cancelled
  PRIMARY KEY (flow, gate)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_job (
  id      BLOB    NOT NULL PRIMARY KEY,
  flow    INTEGER NOT NULL,
  number  INTEGER NOT NULL,
  after   INTEGER NOT NULL,
  before  INTEGER NOT NULL,
  place   INTEGER,                             -- its place among the results of the gate before which it stands
  counted INTEGER NOT NULL DEFAULT 0           -- 1: it ended, and that gate has counted it
) STRICT, WITHOUT ROWID;

CREATE INDEX flow_job_number ON flow_job (flow, number);
CREATE INDEX flow_job_after ON flow_job (flow, after);
CREATE INDEX flow_job_result ON flow_job (flow, before, place) WHERE place IS NOT NULL;
