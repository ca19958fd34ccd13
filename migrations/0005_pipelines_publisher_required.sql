-- rowproof: foreign_keys=off
-- Gives pipelines.publisher_id the NOT NULL that 0002 could not. A rebuild, because SQLite before 3.53 has no
-- ALTER COLUMN … SET NOT NULL. With foreign keys on, DROP TABLE deletes the rows first, and every run goes with them.

CREATE TABLE pipelines_new (
  id TEXT NOT NULL PRIMARY KEY,
  publisher_id TEXT NOT NULL REFERENCES publishers(id),
  version INTEGER NOT NULL,
  def_json TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

INSERT INTO pipelines_new (id, publisher_id, version, def_json, created_at, updated_at)
SELECT id, publisher_id, version, def_json, created_at, updated_at FROM pipelines;

DROP TABLE pipelines;

ALTER TABLE pipelines_new RENAME TO pipelines;

CREATE INDEX pipelines_by_publisher ON pipelines (publisher_id);
