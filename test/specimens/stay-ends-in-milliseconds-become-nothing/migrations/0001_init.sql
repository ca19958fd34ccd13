CREATE TABLE stays (
  id INTEGER PRIMARY KEY,
  guest TEXT NOT NULL,
  ends_at_ms INTEGER
);
