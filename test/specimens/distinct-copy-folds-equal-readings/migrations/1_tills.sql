CREATE TABLE tills (number INTEGER PRIMARY KEY, place TEXT NOT NULL);
CREATE TABLE till_receipts (
  till_number INTEGER NOT NULL REFERENCES tills (number),
  cents INTEGER NOT NULL,
  day TEXT NOT NULL
);
