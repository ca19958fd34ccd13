-- The first version of the service: pipelines, and the runs of each.
CREATE TABLE publishers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL
);
INSERT INTO publishers VALUES ('pub_demo_seed', 'Demo publisher');

CREATE TABLE pipelines (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL
);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  pipeline_id TEXT NOT NULL REFERENCES pipelines(id) ON DELETE CASCADE,
  started_at TEXT NOT NULL
);
