INSERT INTO recipes (id, title, method) VALUES (1, 'Soup', 'Boil it');
INSERT INTO recipe_words (recipe_id, words) VALUES (1, 'Soup Boil it');
