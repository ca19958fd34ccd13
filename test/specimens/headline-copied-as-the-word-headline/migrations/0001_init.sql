CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  headline TEXT NOT NULL,
  body TEXT NOT NULL
);
