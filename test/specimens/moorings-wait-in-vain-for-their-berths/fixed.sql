CREATE TABLE moorings (
  id INTEGER PRIMARY KEY,
  pier_id INTEGER NOT NULL,
  length_m REAL NOT NULL,
  rented_by TEXT,
  depth_m REAL
);
INSERT INTO moorings (id, pier_id, length_m, rented_by) SELECT id, pier_id, length_m, rented_by FROM berths;
DROP TABLE berths;
