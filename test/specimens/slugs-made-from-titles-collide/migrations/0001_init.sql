CREATE TABLE exhibits (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  opened_on TEXT NOT NULL
);
