INSERT INTO gates (id, number, weight) VALUES (1, '12', '40.50'), (2, NULL, '38');
