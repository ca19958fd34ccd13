CREATE INDEX transaction_when ON "transaction" ("when");
-- 1 is normal
ALTER TABLE "transaction" ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;
