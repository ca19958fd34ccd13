INSERT INTO films (id, title) VALUES (1, 'Harbour'), (2, 'The Long Tide');
INSERT INTO actors (id, name) VALUES (1, 'Mona Reiss'), (2, 'Theo Varga');
INSERT INTO roles (film_id, actor_id) VALUES (1, 1), (2, 1);
