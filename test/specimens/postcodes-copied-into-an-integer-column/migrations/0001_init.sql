CREATE TABLE depots (
  id TEXT PRIMARY KEY,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  gates TEXT NOT NULL
);
