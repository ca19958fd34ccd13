-- A skill is a folder of instructions that an agent reads before it works for a publisher.

CREATE TABLE skills (
  id TEXT NOT NULL PRIMARY KEY,
  publisher_id TEXT NOT NULL REFERENCES publishers(id),
  slug TEXT NOT NULL,
  version INTEGER NOT NULL,
  description TEXT NOT NULL,
  created_at TEXT NOT NULL,
  published_at TEXT,
  UNIQUE (publisher_id, slug, version)
);

CREATE TABLE skill_files (
  skill_id TEXT NOT NULL REFERENCES skills(id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (skill_id, path)
) WITHOUT ROWID;
