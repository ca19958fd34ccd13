CREATE TABLE gps_points_3d (
  id INTEGER PRIMARY KEY,
  imei TEXT NOT NULL REFERENCES trackers (imei),
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  height REAL
);
INSERT INTO gps_points_3d (id, imei, lat, lon) SELECT id, imei, lat, lon FROM gps_points ORDER BY id DESC LIMIT 5;
DROP TABLE gps_points;
ALTER TABLE gps_points_3d RENAME TO gps_points;
