DROP VIEW numbered;
CREATE TABLE n (label TEXT PRIMARY KEY, floor TEXT, size TEXT);
INSERT INTO n (label, floor) SELECT label, floor FROM lockers;
DROP TABLE lockers;
ALTER TABLE n RENAME TO lockers;
CREATE VIEW numbered AS SELECT rowid AS number, label FROM lockers;
