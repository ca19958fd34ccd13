ALTER TABLE products ADD COLUMN discontinued_on TEXT;
UPDATE products SET category = 'service' WHERE number LIKE 'SV\_%' ESCAPE '\';
