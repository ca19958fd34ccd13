CREATE TABLE podcasts (id INTEGER PRIMARY KEY, feed_url TEXT NOT NULL UNIQUE);
CREATE TABLE podcast_plays (
  id INTEGER PRIMARY KEY,
  podcast_id INTEGER NOT NULL REFERENCES podcasts (id),
  played_at TEXT NOT NULL
);
