CREATE TABLE devices (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE
);
INSERT INTO devices (name) SELECT DISTINCT device FROM visits;
ALTER TABLE visits ADD COLUMN device_id INTEGER REFERENCES devices (id);
UPDATE visits SET device_id = (SELECT id FROM devices WHERE name = visits.device);
