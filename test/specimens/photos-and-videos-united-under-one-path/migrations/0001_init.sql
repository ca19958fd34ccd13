CREATE TABLE photos (path TEXT PRIMARY KEY, taken_at TEXT, width INTEGER);
CREATE TABLE videos (path TEXT PRIMARY KEY, taken_at TEXT, seconds REAL);
