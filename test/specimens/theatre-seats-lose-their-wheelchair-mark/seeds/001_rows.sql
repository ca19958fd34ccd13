INSERT INTO halls (id, name) VALUES (1, 'Blue');
INSERT INTO seats (id, hall_id, number, wheelchair, sight) VALUES (1, 1, 4, 1, 'pillar');
