UPDATE payments SET currency = 'EUR' WHERE currency IS NULL;
CREATE INDEX payments_currency ON payments (currency);
