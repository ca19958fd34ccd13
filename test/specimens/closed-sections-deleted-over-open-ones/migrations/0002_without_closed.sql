DELETE FROM sections WHERE closed = 1;
ALTER TABLE sections DROP COLUMN closed;
