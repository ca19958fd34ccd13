CREATE TABLE seats_tmp (
  id INTEGER PRIMARY KEY,
  hall_id INTEGER NOT NULL REFERENCES halls (id),
  number TEXT NOT NULL,
  wheelchair INTEGER NOT NULL DEFAULT 0,
  sight TEXT NOT NULL DEFAULT 'clear'
);
INSERT INTO seats_tmp (id, hall_id, number, wheelchair, sight) SELECT id, hall_id, number, wheelchair, sight FROM seats;
DROP TABLE seats;
ALTER TABLE seats_tmp RENAME TO seats;
