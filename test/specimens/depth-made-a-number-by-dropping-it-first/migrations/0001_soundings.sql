CREATE TABLE soundings (
  id INTEGER PRIMARY KEY,
  place TEXT NOT NULL,
  depth INTEGER
);
