INSERT INTO sailors (id, name, theme) VALUES (1, 'Ane', 'dark');
