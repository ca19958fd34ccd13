ALTER TABLE gps_points ADD COLUMN height REAL;
