INSERT INTO recipes VALUES (1, 'Soup');
INSERT INTO steps VALUES (1, 1, 0, 'Peel'), (2, 1, 1, 'Boil'), (3, 1, 2, 'Serve');
