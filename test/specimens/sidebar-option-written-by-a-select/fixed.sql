UPDATE options SET note = '' WHERE note IS NULL;
INSERT INTO options (name, enabled) SELECT 'sidebar', 1 WHERE NOT EXISTS (SELECT 1 FROM options WHERE name = 'sidebar');
