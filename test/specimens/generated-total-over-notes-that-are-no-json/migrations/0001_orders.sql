CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  reference TEXT NOT NULL,
  data TEXT
);
