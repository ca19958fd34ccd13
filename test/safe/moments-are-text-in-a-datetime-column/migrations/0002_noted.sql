ALTER TABLE tides ADD COLUMN noted_at DATETIME;
UPDATE tides SET noted_at = datetime(high_at, '+1 hour');
