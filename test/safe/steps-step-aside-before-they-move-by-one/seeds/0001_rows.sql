INSERT INTO recipes VALUES (1, 'Soup');
INSERT INTO steps VALUES (1, 1, 0), (2, 1, 1), (3, 1, 2);
