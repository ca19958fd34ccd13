INSERT INTO members (id, name) VALUES (1, 'Ada'), (2, 'Ben');
