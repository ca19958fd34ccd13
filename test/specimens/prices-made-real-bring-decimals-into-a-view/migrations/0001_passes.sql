CREATE TABLE passes (
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  price_ore INTEGER NOT NULL
);
CREATE VIEW pass_prices AS SELECT id, price_ore || ' öre' AS label FROM passes;
