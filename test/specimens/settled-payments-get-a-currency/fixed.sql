DROP TRIGGER payments_settled;
UPDATE payments SET currency = 'EUR' WHERE currency IS NULL;
CREATE TRIGGER payments_settled BEFORE UPDATE ON payments WHEN OLD.settled_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a settled payment does not change');
END;
CREATE INDEX payments_currency ON payments (currency);
