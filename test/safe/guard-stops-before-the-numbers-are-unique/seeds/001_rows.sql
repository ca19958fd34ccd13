INSERT INTO lockers VALUES (1, 'A1', 'Ines'), (2, 'A2', NULL);
