INSERT INTO boards (id, finish, thickness) VALUES (1, 'oiled', 18);
