CREATE TABLE plots_by_area (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  area_m2 REAL
);
INSERT INTO plots_by_area (id, name, area_m2) SELECT id, name, width_m * length_m FROM plots;
DROP TABLE plots;
ALTER TABLE plots_by_area RENAME TO plots;
