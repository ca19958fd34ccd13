CREATE TABLE fares_priced (
  id INTEGER PRIMARY KEY,
  line TEXT NOT NULL,
  price REAL NOT NULL
);
INSERT INTO fares_priced SELECT id, line, price + 0 AS price FROM fares;
DROP TABLE fares;
ALTER TABLE fares_priced RENAME TO fares;
