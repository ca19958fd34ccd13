INSERT INTO courts (id, seat) VALUES (1, 'Ghent');
INSERT INTO dockets (number, court_id, matter) VALUES (1, 1, 'a hedge'), (2, 1, 'a wall');
