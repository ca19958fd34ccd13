CREATE TABLE recipes (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL
);
CREATE TABLE steps (
  id INTEGER PRIMARY KEY,
  recipe_id INTEGER NOT NULL REFERENCES recipes (id),
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (recipe_id, place)
);
