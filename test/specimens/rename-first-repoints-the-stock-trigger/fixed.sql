CREATE TABLE articles_shelved (
  sku TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  in_stock INTEGER NOT NULL DEFAULT 0,
  shelf TEXT
);
INSERT INTO articles_shelved (sku, title, in_stock) SELECT sku, title, in_stock FROM articles;
DROP TRIGGER sale_takes_stock;
DROP TABLE articles;
ALTER TABLE articles_shelved RENAME TO articles;
CREATE TRIGGER sale_takes_stock AFTER INSERT ON sales
BEGIN
  UPDATE articles SET in_stock = in_stock - NEW.pieces WHERE sku = NEW.sku;
END;
