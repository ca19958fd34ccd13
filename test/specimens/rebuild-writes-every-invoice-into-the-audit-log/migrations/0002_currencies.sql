ALTER TABLE invoices RENAME TO invoices_old;
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  cents INTEGER NOT NULL,
  currency TEXT NOT NULL DEFAULT 'EUR'
);
CREATE TRIGGER invoices_written AFTER INSERT ON invoices BEGIN
  INSERT INTO audit_log (what, invoice_id) VALUES ('created', NEW.id);
END;
INSERT INTO invoices (id, cents) SELECT id, cents FROM invoices_old;
DROP TABLE invoices_old;
