-- Version 6: limits are in force while a worker declares them.

ALTER TABLE worker ADD COLUMN limits TEXT;       -- JSON array of the names it declares; NULL: it is of an earlier version and may declare any
