CREATE TABLE sailors (
  id INTEGER PRIMARY KEY,
  theme TEXT
);
