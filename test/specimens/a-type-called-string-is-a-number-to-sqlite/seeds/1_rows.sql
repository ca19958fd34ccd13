INSERT INTO desks (id, room) VALUES (1, '3.14');
INSERT INTO extensions (id, desk_id, dial) VALUES (1, 1, '0042');
