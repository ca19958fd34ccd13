DROP VIEW handed_out;
CREATE TABLE lockers_new (
  label TEXT PRIMARY KEY,
  floor TEXT NOT NULL,
  size TEXT NOT NULL DEFAULT 'small'
);
INSERT INTO lockers_new (label, floor) SELECT label, floor FROM lockers ORDER BY label;
DROP TABLE lockers;
ALTER TABLE lockers_new RENAME TO lockers;
CREATE VIEW handed_out AS
SELECT l.label, h.guest
FROM handouts AS h
JOIN lockers AS l ON l.rowid = h.locker_number;
