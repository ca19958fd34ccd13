INSERT INTO sessions (id, token) VALUES (1, 't');
