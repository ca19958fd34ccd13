CREATE TABLE inns (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT,
  stars TEXT
);
