ALTER TABLE readings RENAME TO readings_old;
CREATE TABLE readings (
  sensor TEXT,
  taken INTEGER,
  value REAL,
  unit TEXT,
  PRIMARY KEY (sensor, taken)
);
INSERT INTO readings (sensor, taken, value) SELECT sensor, taken, value FROM readings_old;
DROP TABLE readings_old;
