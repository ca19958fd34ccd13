CREATE TABLE preferences (
  sailor_id INTEGER PRIMARY KEY REFERENCES sailors(id),
  theme TEXT NOT NULL DEFAULT 'light'
);
ALTER TABLE sailors DROP COLUMN theme;
