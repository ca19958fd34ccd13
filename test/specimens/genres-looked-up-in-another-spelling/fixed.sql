CREATE TABLE genres (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO genres (name) SELECT DISTINCT lower(trim(genre)) FROM tracks;
ALTER TABLE tracks ADD COLUMN genre_id INTEGER REFERENCES genres(id);
UPDATE tracks SET genre_id = (SELECT g.id FROM genres g WHERE g.name = lower(trim(tracks.genre)));
ALTER TABLE tracks DROP COLUMN genre;
