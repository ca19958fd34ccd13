CREATE TABLE credits (id INTEGER PRIMARY KEY, film_id INTEGER, name TEXT NOT NULL);
INSERT INTO credits (film_id, name) SELECT r.film_id, a.name FROM actors a LEFT JOIN roles r ON r.actor_id = a.id;
DROP TABLE roles;
DROP TABLE actors;
