CREATE TABLE parts (
  id INTEGER PRIMARY KEY,
  label TEXT,
  suffix TEXT
);
