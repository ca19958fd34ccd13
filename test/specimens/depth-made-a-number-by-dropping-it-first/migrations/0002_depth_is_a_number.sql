ALTER TABLE soundings DROP COLUMN depth;
ALTER TABLE soundings ADD COLUMN depth REAL;
