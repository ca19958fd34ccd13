INSERT INTO visits (id, page, day) VALUES (1, '/about', '2024-05-01');
