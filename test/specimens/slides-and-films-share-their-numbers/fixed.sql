CREATE TABLE media (id INTEGER PRIMARY KEY, file TEXT NOT NULL, kind TEXT NOT NULL, was INTEGER NOT NULL);
INSERT INTO media (file, kind, was)
  SELECT s.file, 'slide', s.id FROM slides s
  UNION ALL
  SELECT f.file, 'film', f.id FROM films f;
DROP TABLE slides;
DROP TABLE films;
