CREATE TABLE people (
  email TEXT NOT NULL,
  seat TEXT NOT NULL,
  PRIMARY KEY (email, seat)
);
INSERT INTO people (email, seat) SELECT email, seat FROM guests WHERE true ON CONFLICT DO NOTHING;
DROP TABLE guests;
