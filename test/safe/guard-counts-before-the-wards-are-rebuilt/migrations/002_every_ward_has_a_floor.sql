INSERT INTO preconditions (met) SELECT 0 WHERE EXISTS (SELECT 1 FROM wards WHERE floor IS NULL);
CREATE TABLE wards_new (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  floor INTEGER NOT NULL
);
INSERT INTO wards_new (id, name, floor) SELECT id, name, floor FROM wards;
DROP TABLE wards;
ALTER TABLE wards_new RENAME TO wards;
