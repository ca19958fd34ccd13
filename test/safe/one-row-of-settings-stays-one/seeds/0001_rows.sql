INSERT INTO settings (id, theme, page_size) VALUES (1, 'dark', 20);
