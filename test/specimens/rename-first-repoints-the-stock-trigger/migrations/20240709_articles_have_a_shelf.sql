ALTER TABLE articles RENAME TO articles_20240709;
CREATE TABLE articles (
  sku TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  in_stock INTEGER NOT NULL DEFAULT 0,
  shelf TEXT
);
INSERT INTO articles (sku, title, in_stock) SELECT sku, title, in_stock FROM articles_20240709;
DROP TABLE articles_20240709;
