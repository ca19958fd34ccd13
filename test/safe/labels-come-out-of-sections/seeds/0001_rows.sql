INSERT INTO pages (id, body) VALUES (1, '{"sections":[{"labels":[{"name":"new"}]}]}');
INSERT INTO menus (id, entries) VALUES (1, '[{"dishes":[{"title":"Soup"}]}]');
