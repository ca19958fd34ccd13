-- a constant default reaches the lines that are there without an UPDATE
ALTER TABLE stock_journal ADD COLUMN warehouse TEXT DEFAULT 'main';
