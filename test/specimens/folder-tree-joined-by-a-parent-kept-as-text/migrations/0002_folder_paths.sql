CREATE TABLE folder_paths (
  folder_id INTEGER PRIMARY KEY,
  path TEXT NOT NULL
);

INSERT INTO folder_paths (folder_id, path)
WITH RECURSIVE reached (folder_id, path) AS (
  SELECT folder_id, name FROM folders WHERE parent_id IS NULL
  UNION ALL
  SELECT child.folder_id, reached.path || '/' || child.name
  FROM reached JOIN folders AS child ON child.parent_id = reached.folder_id
)
SELECT folder_id, path FROM reached;
