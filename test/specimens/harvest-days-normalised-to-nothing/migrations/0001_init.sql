CREATE TABLE harvests (
  id INTEGER PRIMARY KEY,
  crop TEXT NOT NULL,
  day TEXT
);
