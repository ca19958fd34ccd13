INSERT INTO stalls (id, code, metres) VALUES (1, 'A1', 3);
