ALTER TABLE yarns ADD COLUMN shade TEXT;
ALTER TABLE yarns DROP COLUMN colour;
UPDATE yarns SET shade = "colour";
