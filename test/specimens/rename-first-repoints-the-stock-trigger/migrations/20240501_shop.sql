CREATE TABLE articles (
  sku TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  in_stock INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE sales (
  id INTEGER PRIMARY KEY,
  sku TEXT NOT NULL,
  pieces INTEGER NOT NULL
);
CREATE TRIGGER sale_takes_stock AFTER INSERT ON sales
BEGIN
  UPDATE articles SET in_stock = in_stock - NEW.pieces WHERE sku = NEW.sku;
END;
