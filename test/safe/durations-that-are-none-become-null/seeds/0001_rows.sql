INSERT INTO films VALUES (1, 'Dune', '120:30'), (2, 'Emma', 'unknown'), (3, 'Ran', NULL);
