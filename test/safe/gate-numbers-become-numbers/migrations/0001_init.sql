CREATE TABLE gates (
  id INTEGER PRIMARY KEY,
  number TEXT,
  weight TEXT NOT NULL
);
