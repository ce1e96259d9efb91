-- Version 3: history. 0: the job keeps none; 1: its outcome, once it has one, is still to go there; 2: it is there.

ALTER TABLE job ADD COLUMN history INTEGER NOT NULL DEFAULT 0;

CREATE INDEX job_untold ON job (finished, seq) WHERE state >= 4 AND history = 1;

-- Outcomes of jobs that were replayed before they were told: the job's row has no place for two.
CREATE TABLE replayed (
  seq    INTEGER PRIMARY KEY,
  record BLOB NOT NULL                          -- JSON
) STRICT;
