DROP TABLE berths;
CREATE TABLE moorings (
  id INTEGER PRIMARY KEY,
  pier_id INTEGER NOT NULL,
  length_m REAL NOT NULL,
  rented_by TEXT,
  depth_m REAL
);
