CREATE TABLE signups_new (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
  event_id INTEGER NOT NULL REFERENCES events (id),
  email TEXT NOT NULL,
  created_at TEXT NOT NULL DEFAULT (datetime('now')),
  updated_at TEXT NOT NULL DEFAULT (datetime('now'))
);
INSERT INTO signups_new (id, event_id, email, created_at) SELECT id, event_id, email, created_at FROM signups;
DROP TABLE signups;
ALTER TABLE signups_new RENAME TO signups;
