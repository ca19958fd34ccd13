CREATE TABLE lockers (
  id INTEGER PRIMARY KEY,
  number TEXT,
  renter TEXT
);
