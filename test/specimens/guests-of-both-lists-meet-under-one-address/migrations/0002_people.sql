CREATE TABLE people (
  email TEXT PRIMARY KEY,
  seat TEXT NOT NULL
);
INSERT INTO people (email, seat) SELECT email, seat FROM guests WHERE true ON CONFLICT DO NOTHING;
DROP TABLE guests;
