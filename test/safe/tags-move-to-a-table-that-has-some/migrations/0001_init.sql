CREATE TABLE tags (
  name TEXT PRIMARY KEY
);
CREATE TABLE post_tags (
  post_id INTEGER NOT NULL,
  tag TEXT NOT NULL
);
