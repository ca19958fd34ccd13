CREATE TABLE lockers (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  removed_at TEXT
);
CREATE UNIQUE INDEX lockers_code ON lockers (code) WHERE removed_at IS NULL;
