CREATE TABLE levels_with_day (id INTEGER PRIMARY KEY, well_id INTEGER NOT NULL REFERENCES wells (id), metres REAL NOT NULL, day TEXT);
INSERT INTO levels_with_day (id, well_id, metres) SELECT id, well_id, metres FROM levels;
PRAGMA legacy_alter_table = ON;
DROP TABLE levels;
ALTER TABLE levels_with_day RENAME TO levels;
PRAGMA legacy_alter_table = OFF;
