CREATE TABLE jars (
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  labels TEXT
);
