INSERT INTO rides (id, minutes) VALUES (1, 12.5), (2, 40);
