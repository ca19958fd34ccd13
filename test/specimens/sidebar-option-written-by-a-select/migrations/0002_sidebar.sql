UPDATE options SET note = '' WHERE note IS NULL;
INSERT INTO options (name, enabled) SELECT 'sidebar', 1;
