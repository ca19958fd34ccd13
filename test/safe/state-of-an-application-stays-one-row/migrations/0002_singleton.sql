CREATE TABLE app_state_new (id INTEGER PRIMARY KEY CHECK (id = 1), cursor TEXT NOT NULL DEFAULT '', updated_at INTEGER NOT NULL DEFAULT 0);
INSERT INTO app_state_new SELECT id, cursor, updated_at FROM app_state;
DROP TABLE app_state;
ALTER TABLE app_state_new RENAME TO app_state;
ALTER TABLE feeds ADD COLUMN etag TEXT;
