INSERT INTO readings (reading_id, station, celsius)
WITH RECURSIVE counter (k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM counter WHERE k < 256)
SELECT k, 'station ' || k, k % 40 FROM counter;
INSERT INTO forecasts (forecast_id, station, checked)
WITH RECURSIVE counter (k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM counter WHERE k < 256)
SELECT k, 'station ' || k, 1 FROM counter;
