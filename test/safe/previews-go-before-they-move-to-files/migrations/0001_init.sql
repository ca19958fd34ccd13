CREATE TABLE previews (
  id INTEGER PRIMARY KEY,
  page TEXT NOT NULL,
  body TEXT
);
