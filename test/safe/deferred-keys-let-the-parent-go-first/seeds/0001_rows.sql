INSERT INTO wiki_space (id, slug) VALUES (1, 'ops');
INSERT INTO wiki_page (id, title, space_id) VALUES (1, 'On call', 1);
