CREATE TABLE albums_new (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, year INTEGER);
INSERT INTO albums_new (id, title) SELECT id, title FROM albums;
DROP TABLE albums;
ALTER TABLE albums_new RENAME TO albums;
