INSERT INTO pools (id, name, lanes) VALUES (1, 'Bay', '8'), (2, 'Old Mill', 'four');
