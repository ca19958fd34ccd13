INSERT INTO yarns (id, name, colour) VALUES (1, 'Shetland', 'moss');
