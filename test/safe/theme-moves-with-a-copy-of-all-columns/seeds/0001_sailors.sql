INSERT INTO sailors (id, theme) VALUES (1, 'dark');
