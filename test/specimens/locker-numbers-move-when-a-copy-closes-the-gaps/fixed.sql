DROP VIEW numbered;
CREATE TABLE n (label TEXT PRIMARY KEY, floor TEXT, size TEXT);
INSERT INTO n (rowid, label, floor) SELECT rowid, label, floor FROM lockers;
DROP TABLE lockers;
ALTER TABLE n RENAME TO lockers;
CREATE VIEW numbered AS SELECT rowid AS number, label FROM lockers;
