ALTER TABLE laps ADD COLUMN seconds INTEGER;
UPDATE laps SET seconds = CASE
  WHEN lap_time LIKE '%:%' THEN strftime('%s', '1970-01-01 ' || lap_time)
  ELSE lap_time
END;
