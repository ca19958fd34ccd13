CREATE TABLE letters (
  id INTEGER PRIMARY KEY,
  sender TEXT NOT NULL,
  extra TEXT
);
