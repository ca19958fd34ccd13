CREATE INDEX transaction_when ON "transaction" ("when");
ALTER TABLE "transaction" ADD COLUMN priority INTEGER NOT NULL DEFAULT 'normal';
