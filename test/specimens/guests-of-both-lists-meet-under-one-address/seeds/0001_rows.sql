INSERT INTO guests (id, email, seat) VALUES (1, 'a@inn.test', '4A'), (2, 'a@inn.test', '4B');
