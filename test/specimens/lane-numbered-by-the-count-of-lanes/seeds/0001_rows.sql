INSERT INTO lanes (place, title) VALUES (1, 'To do'), (3, 'Done');
