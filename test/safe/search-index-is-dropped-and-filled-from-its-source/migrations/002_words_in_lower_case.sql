-- rowproof: allow rows-lost recipe_words -- it is made from recipes, and made again below
DROP TABLE recipe_words;
CREATE TABLE recipe_words (recipe_id INTEGER PRIMARY KEY REFERENCES recipes (id) ON DELETE CASCADE, words TEXT NOT NULL);
INSERT INTO recipe_words (recipe_id, words) SELECT id, lower(title || ' ' || method) FROM recipes;
