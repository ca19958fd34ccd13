INSERT INTO harbours VALUES (1, 'Old'), (2, 'New');
INSERT INTO berths VALUES (1, 'A1', 'deep'), (2, 'A2', 'narrow');
