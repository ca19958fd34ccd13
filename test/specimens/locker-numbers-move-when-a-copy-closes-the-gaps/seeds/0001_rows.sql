INSERT INTO lockers (rowid, label, floor) VALUES (1, 'a', '0'), (3, 'b', '0'), (4, 'c', '1');
