CREATE TABLE blasts_new (id INTEGER PRIMARY KEY, quarry INTEGER NOT NULL, tonnes REAL NOT NULL);
INSERT INTO blasts_new (id, quarry, tonnes)
SELECT id, (SELECT quarries.id FROM quarries WHERE quarries.code = blasts.quarry), tonnes FROM blasts;
DROP TABLE blasts;
ALTER TABLE blasts_new RENAME TO blasts;
