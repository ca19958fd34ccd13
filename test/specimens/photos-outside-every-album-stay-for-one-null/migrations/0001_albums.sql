CREATE TABLE photos (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL
);
CREATE TABLE albums (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  cover_photo_id INTEGER REFERENCES photos(id)
);
