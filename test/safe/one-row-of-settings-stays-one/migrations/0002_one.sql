CREATE TABLE settings_new (id INTEGER PRIMARY KEY CHECK (id = 1), theme TEXT NOT NULL, page_size INTEGER);
INSERT INTO settings_new (id, theme, page_size) SELECT id, theme, page_size FROM settings;
DROP TABLE settings;
ALTER TABLE settings_new RENAME TO settings;
