CREATE TABLE jobs_new (
  id TEXT PRIMARY KEY,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  queued_at INTEGER NOT NULL,
  owner TEXT NOT NULL GENERATED ALWAYS AS (payload ->> '$.owner') VIRTUAL
);
INSERT INTO jobs_new (id, payload, queued_at) SELECT id, payload, queued_at FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;
