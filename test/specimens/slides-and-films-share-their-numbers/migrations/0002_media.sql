CREATE TABLE media (id INTEGER PRIMARY KEY, file TEXT NOT NULL, kind TEXT NOT NULL);
INSERT INTO media (id, file, kind)
  SELECT s.id, s.file, 'slide' FROM slides s
  UNION ALL
  SELECT f.id, f.file, 'film' FROM films f;
DROP TABLE slides;
DROP TABLE films;
