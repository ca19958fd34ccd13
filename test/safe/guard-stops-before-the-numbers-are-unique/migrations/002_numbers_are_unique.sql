-- Nobody can tell which of two lockers with one number is meant: somebody has to look first.
CREATE TEMP TABLE stop_if_numbers_repeat (ok INTEGER CHECK (ok = 1));
INSERT INTO stop_if_numbers_repeat
SELECT 0 WHERE EXISTS (SELECT 1 FROM lockers GROUP BY number HAVING count(*) > 1);
DROP TABLE stop_if_numbers_repeat;
CREATE UNIQUE INDEX lockers_by_number ON lockers (number);
