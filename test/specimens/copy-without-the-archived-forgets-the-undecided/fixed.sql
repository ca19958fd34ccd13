DELETE FROM proposals WHERE verdict = 'archived';
ALTER TABLE proposals ADD COLUMN score REAL;
