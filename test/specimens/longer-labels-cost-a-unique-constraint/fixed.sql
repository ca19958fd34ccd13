CREATE TABLE beacons_new (
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  floor_id INTEGER NOT NULL REFERENCES floors (id),
  label VARCHAR(80),
  PRIMARY KEY (major, minor),
  UNIQUE (floor_id, label)
) WITHOUT ROWID;
INSERT INTO beacons_new (major, minor, floor_id, label) SELECT major, minor, floor_id, label FROM beacons;
DROP TABLE beacons;
ALTER TABLE beacons_new RENAME TO beacons;
