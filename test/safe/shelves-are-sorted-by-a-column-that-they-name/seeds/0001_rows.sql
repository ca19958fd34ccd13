INSERT INTO shelves (id, title) VALUES (1, 'Travel');
