CREATE TABLE folders (
  folder_id INTEGER PRIMARY KEY,
  parent_id TEXT,
  name TEXT NOT NULL
);
