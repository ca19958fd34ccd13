CREATE TABLE readings (
  reading_id INTEGER PRIMARY KEY,
  station TEXT NOT NULL,
  celsius REAL NOT NULL
);

CREATE TABLE forecasts (
  forecast_id INTEGER PRIMARY KEY,
  station TEXT NOT NULL,
  checked INTEGER NOT NULL DEFAULT 0
);

CREATE TRIGGER readings_check_forecasts AFTER UPDATE OF celsius ON readings
BEGIN
  UPDATE forecasts SET checked = 1 WHERE station = new.station;
END;
