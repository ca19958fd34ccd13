CREATE TABLE locker_rooms (id INTEGER PRIMARY KEY, floor INTEGER NOT NULL);
CREATE TABLE locker_keys (
  number INTEGER,
  room_id INTEGER NOT NULL REFERENCES locker_rooms (id),
  borrowed_by TEXT
);
