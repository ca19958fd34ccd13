INSERT INTO sections VALUES (1, NULL, 'Archive', 1), (2, 1, 'Still read', 0);
