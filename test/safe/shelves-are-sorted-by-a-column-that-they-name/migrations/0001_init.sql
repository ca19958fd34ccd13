CREATE TABLE shelves (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  sort_by TEXT NOT NULL DEFAULT 'added' CHECK (sort_by IN ('added', 'title'))
);
