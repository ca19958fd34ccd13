CREATE TABLE fare_classes (letter TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL UNIQUE);
INSERT INTO fare_classes (letter, title) VALUES ('F', 'First'), ('S', 'Second');
UPDATE trips SET fare_class = (SELECT letter FROM fare_classes WHERE title = trips.fare_class);
