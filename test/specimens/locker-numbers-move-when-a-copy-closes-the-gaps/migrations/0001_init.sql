CREATE TABLE lockers (label TEXT PRIMARY KEY, floor TEXT);
CREATE VIEW numbered AS SELECT rowid AS number, label FROM lockers;
