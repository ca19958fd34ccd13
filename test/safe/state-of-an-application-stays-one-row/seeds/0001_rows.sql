INSERT INTO app_state VALUES (1, 'x', 5);
INSERT INTO feeds VALUES (1, 'http://x.test');
