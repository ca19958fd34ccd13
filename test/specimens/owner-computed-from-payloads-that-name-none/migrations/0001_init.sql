CREATE TABLE jobs (id TEXT PRIMARY KEY, payload TEXT NOT NULL CHECK (json_valid(payload)), queued_at INTEGER NOT NULL);
