CREATE TABLE visitors (
  id INTEGER PRIMARY KEY,
  street TEXT,
  town TEXT NOT NULL
);
