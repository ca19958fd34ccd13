INSERT INTO plots (id, name, width_m, length_m) VALUES (1, 'North', 4.5, 10), (2, 'Brook', 6, NULL);
