CREATE TABLE leaves (
  leaf_id TEXT PRIMARY KEY,
  title TEXT NOT NULL
);
CREATE TABLE twigs (
  twig_id TEXT PRIMARY KEY,
  leaf_id TEXT NOT NULL REFERENCES leaves (leaf_id),
  parent_id TEXT NOT NULL REFERENCES leaves (leaf_id),
  is_deleted INTEGER NOT NULL DEFAULT 0
);
