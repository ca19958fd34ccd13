INSERT INTO stays VALUES (1, 'Lindqvist', 1714557600000), (2, 'Amari', NULL);
