CREATE TABLE plots_by_area (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  area_m2 REAL,
  measured TEXT
);
INSERT INTO plots_by_area (id, name, area_m2, measured)
SELECT id, name, width_m * length_m, CASE WHEN width_m IS NULL OR length_m IS NULL THEN coalesce(width_m, length_m) END
FROM plots;
DROP TABLE plots;
ALTER TABLE plots_by_area RENAME TO plots;
