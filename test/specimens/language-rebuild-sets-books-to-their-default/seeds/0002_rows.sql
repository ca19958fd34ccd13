INSERT INTO catalog_language (id, code, name) VALUES (4, 'ga', 'Irish');
INSERT INTO catalog_book (id, title, language_id) VALUES (1, 'Cré na Cille', 4);
