CREATE TABLE invoices_new (
  id INTEGER PRIMARY KEY,
  payer_id INTEGER NOT NULL REFERENCES payers (id),
  currency TEXT NOT NULL DEFAULT 'EUR' REFERENCES currencies (code),
  stage INTEGER NOT NULL DEFAULT 1
);
INSERT INTO invoices_new SELECT * FROM invoices;
DROP TABLE invoices;
ALTER TABLE invoices_new RENAME TO invoices;
