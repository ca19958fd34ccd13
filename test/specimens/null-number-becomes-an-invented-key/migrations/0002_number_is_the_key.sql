CREATE TABLE locker_keys_numbered (
  number INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL REFERENCES locker_rooms (id),
  borrowed_by TEXT
);
INSERT INTO locker_keys_numbered (number, room_id, borrowed_by) SELECT number, room_id, borrowed_by FROM locker_keys;
DROP TABLE locker_keys;
ALTER TABLE locker_keys_numbered RENAME TO locker_keys;
