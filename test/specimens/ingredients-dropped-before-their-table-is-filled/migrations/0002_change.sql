CREATE TABLE recipe_ingredients (id INTEGER PRIMARY KEY, recipe_id INTEGER NOT NULL REFERENCES recipes(id) ON DELETE CASCADE, ingredient TEXT NOT NULL);
CREATE INDEX recipe_ingredients_recipe ON recipe_ingredients(recipe_id);
ALTER TABLE recipes DROP COLUMN ingredients;
