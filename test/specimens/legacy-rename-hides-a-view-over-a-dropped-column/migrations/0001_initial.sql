CREATE TABLE "billing_payer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL);
CREATE TABLE "billing_invoice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "payer_id" bigint NOT NULL REFERENCES "billing_payer" ("id") DEFERRABLE INITIALLY DEFERRED, "amount" decimal NOT NULL, "due" date NOT NULL, "settled" bool NOT NULL);
CREATE INDEX "billing_invoice_payer_id_1b2c" ON "billing_invoice" ("payer_id");
