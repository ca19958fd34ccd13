INSERT INTO units (abbreviation) SELECT DISTINCT unit FROM ingredients WHERE unit NOT IN (SELECT abbreviation FROM units);
CREATE TABLE ingredients_new (id INTEGER PRIMARY KEY, food TEXT NOT NULL, amount REAL NOT NULL, unit_id INTEGER NOT NULL REFERENCES units (id));
INSERT INTO ingredients_new (id, food, amount, unit_id)
  SELECT i.id, i.food, i.amount, (SELECT u.id FROM units u WHERE u.abbreviation = i.unit) FROM ingredients AS i;
DROP TABLE ingredients;
ALTER TABLE ingredients_new RENAME TO ingredients;
