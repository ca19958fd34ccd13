CREATE TABLE events (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE signups (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES events (id),
  email TEXT NOT NULL,
  created_at TEXT NOT NULL DEFAULT (datetime('now'))
);
