CREATE TABLE payouts_new (id INTEGER PRIMARY KEY, payee TEXT NOT NULL, amount REAL NOT NULL);
INSERT INTO payouts_new (id, payee, amount) SELECT id, payee, cents / 100.0 FROM payouts;
DROP TABLE payouts;
ALTER TABLE payouts_new RENAME TO payouts;
