INSERT INTO locker_rooms (id, floor) VALUES (1, -1);
INSERT INTO locker_keys (number, room_id, borrowed_by) VALUES (17, 1, 'Yara'), (NULL, 1, 'Noah');
