INSERT INTO articles VALUES ('A-1', 'Bolt');
INSERT INTO stock_journal (line, sku, change) VALUES (1, 'A-1', 100);
