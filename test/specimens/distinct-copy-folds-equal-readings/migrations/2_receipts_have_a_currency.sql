CREATE TABLE till_receipts_2 (
  till_number INTEGER NOT NULL REFERENCES tills (number),
  cents INTEGER NOT NULL,
  day TEXT NOT NULL,
  currency TEXT NOT NULL DEFAULT 'EUR'
);
INSERT INTO till_receipts_2 (till_number, cents, day) SELECT DISTINCT till_number, cents, day FROM till_receipts;
DROP TABLE till_receipts;
ALTER TABLE till_receipts_2 RENAME TO till_receipts;
