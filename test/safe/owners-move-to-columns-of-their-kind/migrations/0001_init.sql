CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  owner_kind TEXT NOT NULL CHECK (owner_kind IN ('boat', 'crew')),
  owner_id INTEGER NOT NULL
);
