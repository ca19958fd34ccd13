CREATE TABLE badges (
  code TEXT PRIMARY KEY,
  title TEXT NOT NULL
);
CREATE TABLE awards (
  id INTEGER PRIMARY KEY,
  badge TEXT NOT NULL REFERENCES badges (code),
  given_on TEXT NOT NULL
);
