CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  phone TEXT,
  fax TEXT
);
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL,
  value TEXT NOT NULL
);
