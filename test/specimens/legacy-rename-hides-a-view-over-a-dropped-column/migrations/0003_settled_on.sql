PRAGMA legacy_alter_table = ON;
CREATE TABLE "new__billing_invoice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "amount" decimal NOT NULL, "due" date NOT NULL, "settled_on" date NULL, "payer_id" bigint NOT NULL REFERENCES "billing_payer" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "new__billing_invoice" ("id", "payer_id", "amount", "due", "settled_on") SELECT "id", "payer_id", "amount", "due", CASE WHEN "settled" THEN "due" END FROM "billing_invoice";
DROP TABLE "billing_invoice";
ALTER TABLE "new__billing_invoice" RENAME TO "billing_invoice";
CREATE INDEX "billing_invoice_payer_id_1b2c" ON "billing_invoice" ("payer_id");
PRAGMA legacy_alter_table = OFF;
