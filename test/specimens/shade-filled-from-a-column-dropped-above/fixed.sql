ALTER TABLE yarns ADD COLUMN shade TEXT;
UPDATE yarns SET shade = "colour";
ALTER TABLE yarns DROP COLUMN colour;
