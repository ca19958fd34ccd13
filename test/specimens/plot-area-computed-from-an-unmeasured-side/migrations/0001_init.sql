CREATE TABLE plots (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  width_m REAL,
  length_m REAL
);
