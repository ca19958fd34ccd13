INSERT INTO recipes (id, title, rank) VALUES (1, 'Soup', 'plain');
