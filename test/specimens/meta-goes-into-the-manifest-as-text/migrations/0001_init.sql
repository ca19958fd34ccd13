CREATE TABLE plugins (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  meta TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(meta))
);
