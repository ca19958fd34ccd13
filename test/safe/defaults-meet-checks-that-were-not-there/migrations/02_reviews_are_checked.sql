CREATE TABLE reviews_checked (
  id INTEGER PRIMARY KEY,
  stars INTEGER NOT NULL DEFAULT 5 CHECK (stars BETWEEN 1 AND 5),
  country CHAR(2) NOT NULL DEFAULT 'pt' CHECK (country = lower(country))
);
INSERT INTO reviews_checked SELECT * FROM reviews;
DROP TABLE reviews;
ALTER TABLE reviews_checked RENAME TO reviews;
