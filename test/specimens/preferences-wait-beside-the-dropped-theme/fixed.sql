CREATE TABLE preferences (
  sailor_id INTEGER PRIMARY KEY REFERENCES sailors(id),
  theme TEXT NOT NULL DEFAULT 'light'
);
INSERT INTO preferences (sailor_id, theme) SELECT id, theme FROM sailors;
ALTER TABLE sailors DROP COLUMN theme;
