CREATE TABLE floors (id INTEGER PRIMARY KEY, plan TEXT NOT NULL);
CREATE TABLE beacons (
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  floor_id INTEGER NOT NULL REFERENCES floors (id),
  label VARCHAR(20),
  PRIMARY KEY (major, minor),
  UNIQUE (floor_id, label)
) WITHOUT ROWID;
