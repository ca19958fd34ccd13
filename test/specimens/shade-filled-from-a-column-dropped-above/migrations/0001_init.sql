CREATE TABLE yarns (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  colour TEXT
);
