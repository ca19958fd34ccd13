CREATE TABLE articles_next (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  body TEXT NOT NULL
);
INSERT INTO articles_next (id, title, body) SELECT id, headline, body FROM articles;
DROP TABLE articles;
ALTER TABLE articles_next RENAME TO articles;
