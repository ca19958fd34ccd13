CREATE TABLE boats (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  berth TEXT,
  length_cm INTEGER NOT NULL
);
