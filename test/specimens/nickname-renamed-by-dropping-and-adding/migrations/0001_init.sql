CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  nickname TEXT,
  joined_on TEXT NOT NULL
);
