ALTER TABLE stays ADD COLUMN ends_at TEXT;
UPDATE stays SET ends_at = datetime(ends_at_ms / 1000, 'unixepoch') WHERE ends_at_ms IS NOT NULL;
ALTER TABLE stays DROP COLUMN ends_at_ms;
