CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  floor INTEGER
);
CREATE TABLE preconditions (
  met INTEGER NOT NULL CHECK (met = 1)
);
