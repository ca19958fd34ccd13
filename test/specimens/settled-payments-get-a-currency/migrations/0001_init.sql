CREATE TABLE payments (id INTEGER PRIMARY KEY, payer TEXT NOT NULL, cents INTEGER NOT NULL, currency TEXT, settled_at TEXT);
CREATE TRIGGER payments_settled BEFORE UPDATE ON payments WHEN OLD.settled_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a settled payment does not change');
END;
