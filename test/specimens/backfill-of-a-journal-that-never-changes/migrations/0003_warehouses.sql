ALTER TABLE stock_journal ADD COLUMN warehouse TEXT;
UPDATE stock_journal SET warehouse = 'main';
