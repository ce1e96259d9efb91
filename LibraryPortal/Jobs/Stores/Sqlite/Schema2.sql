-- Version 2: schedules. Times are milliseconds since 1970 (UTC).

CREATE TABLE schedule (
  name        TEXT    NOT NULL PRIMARY KEY,
  revision    INTEGER NOT NULL,
  definition  BLOB    NOT NULL,
  cursor      INTEGER NOT NULL,               -- every due time up to here is dealt with
  look_at     INTEGER,                        -- NULL: not active, or never due again
  waiting     TEXT    NOT NULL DEFAULT '',    -- due times that wait for the last run to end, separated by commas
  last_due    INTEGER,
  last_fired  INTEGER,
  last_job    BLOB,
  fired       INTEGER NOT NULL DEFAULT 0,
  passed_over INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX schedule_look ON schedule (look_at) WHERE look_at IS NOT NULL;
