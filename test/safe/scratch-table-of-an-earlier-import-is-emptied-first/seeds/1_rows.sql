INSERT INTO parcels (id, hamlet) VALUES (1, 'Nord');
INSERT INTO import_lines (line, raw) VALUES (1, 'Nord;12.5');
