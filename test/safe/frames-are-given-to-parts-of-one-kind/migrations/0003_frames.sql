CREATE TABLE frames (
  part_id TEXT NOT NULL REFERENCES parts (id),
  dock_id TEXT NOT NULL REFERENCES docks (id),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  PRIMARY KEY (part_id, dock_id)
);
INSERT INTO frames (part_id, dock_id, width, height)
SELECT parts.id, docks.id, parts.width, parts.height
FROM docks LEFT JOIN parts ON parts.dock_id = docks.id
WHERE parts.id IS NOT NULL AND parts.kind = 'floating';
