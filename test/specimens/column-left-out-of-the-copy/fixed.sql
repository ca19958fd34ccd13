CREATE TABLE boats_new (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  berth TEXT,
  length_cm INTEGER NOT NULL,
  sold INTEGER NOT NULL DEFAULT 0 CHECK (sold IN (0, 1))
);
INSERT INTO boats_new (id, name, berth, length_cm) SELECT id, name, berth, length_cm FROM boats;
DROP TABLE boats;
ALTER TABLE boats_new RENAME TO boats;
