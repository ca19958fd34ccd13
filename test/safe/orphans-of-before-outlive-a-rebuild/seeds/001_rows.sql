INSERT INTO authors (id, nick) VALUES (1, 'ink');
INSERT INTO posts (id, author_id, body) VALUES (1, 1, 'hello'), (2, 404, 'left behind');
