CREATE TABLE lockers_new (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  size TEXT NOT NULL DEFAULT 'm',
  removed_at TEXT
);
INSERT INTO lockers_new (id, code, removed_at) SELECT id, code, removed_at FROM lockers;
DROP TABLE lockers;
ALTER TABLE lockers_new RENAME TO lockers;
CREATE UNIQUE INDEX lockers_code ON lockers (code) WHERE removed_at IS NULL;
