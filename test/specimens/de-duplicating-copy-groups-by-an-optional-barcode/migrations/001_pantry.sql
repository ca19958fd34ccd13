CREATE TABLE households (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE pantry_items (
  id INTEGER PRIMARY KEY,
  household_id INTEGER NOT NULL REFERENCES households (id),
  barcode TEXT,
  label TEXT NOT NULL
);
