INSERT INTO users (id, name) VALUES (1, 'Ada'), (2, 'Bo');
INSERT INTO items (id, title) VALUES (1, 'Lamp');
INSERT INTO likes (user_id, item_id) VALUES (1, 1);
INSERT INTO saves (user_id, item_id) VALUES (2, 1);
