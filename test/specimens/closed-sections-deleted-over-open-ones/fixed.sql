UPDATE sections SET above = NULL WHERE above IN (SELECT id FROM sections WHERE closed = 1);
DELETE FROM sections WHERE closed = 1;
ALTER TABLE sections DROP COLUMN closed;
