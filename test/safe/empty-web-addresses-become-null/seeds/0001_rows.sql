INSERT INTO inns (id, name, url, stars) VALUES (1, 'Anchor', '', '?'), (2, 'Heron', 'https://heron.test', '3');
