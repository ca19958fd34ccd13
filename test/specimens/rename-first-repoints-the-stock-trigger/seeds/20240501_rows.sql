INSERT INTO articles (sku, title, in_stock) VALUES ('k-9', 'kettle', 12);
INSERT INTO sales (id, sku, pieces) VALUES (1, 'k-9', 1);
