CREATE TABLE lockers (
  label TEXT PRIMARY KEY,
  floor TEXT NOT NULL
);
CREATE TABLE handouts (
  locker_number INTEGER NOT NULL,
  guest TEXT NOT NULL
);
CREATE VIEW handed_out AS
SELECT l.label, h.guest
FROM handouts AS h
JOIN lockers AS l ON l.rowid = h.locker_number;
