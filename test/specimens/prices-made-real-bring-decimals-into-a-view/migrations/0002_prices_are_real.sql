CREATE TABLE passes_new (
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  price_ore REAL NOT NULL
);
INSERT INTO passes_new (id, holder, price_ore) SELECT id, holder, price_ore FROM passes;
DROP VIEW pass_prices;
DROP TABLE passes;
ALTER TABLE passes_new RENAME TO passes;
CREATE VIEW pass_prices AS SELECT id, price_ore || ' öre' AS label FROM passes;
