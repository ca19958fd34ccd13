INSERT INTO rooms (id, name) VALUES (1, 'cellar');
INSERT INTO sensors (id, room_id, kind) VALUES (1, 1, 'damp');
CREATE VIEW my_damp_rooms AS SELECT r.name, count(*) AS sensors FROM rooms AS r JOIN sensors AS s ON s.room_id = r.id GROUP BY r.id;
