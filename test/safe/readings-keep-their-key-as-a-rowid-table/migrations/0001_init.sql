CREATE TABLE readings (
  sensor TEXT,
  taken INTEGER,
  value REAL,
  PRIMARY KEY (sensor, taken)
) WITHOUT ROWID;
