CREATE TABLE preferences_new (scope TEXT, name TEXT, value TEXT NOT NULL DEFAULT '', PRIMARY KEY (scope, name)) WITHOUT ROWID;
INSERT INTO preferences_new SELECT scope, name, value FROM preferences;
DROP TABLE preferences;
ALTER TABLE preferences_new RENAME TO preferences;
