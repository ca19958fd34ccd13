DROP TABLE IF EXISTS podcast_plays;
CREATE TABLE podcast_plays (
  id INTEGER PRIMARY KEY,
  podcast_id INTEGER NOT NULL REFERENCES podcasts (id),
  played_at TEXT NOT NULL,
  device TEXT,
  seconds INTEGER NOT NULL DEFAULT 0
);
