ALTER TABLE "Device" ADD COLUMN "tenantId" TEXT REFERENCES "Tenant" ("id");
UPDATE "Device" SET "tenantId" = (SELECT "id" FROM "Tenant" WHERE "name" = 'default');
ALTER TABLE "Device" ADD COLUMN "seenAt" DATETIME;
UPDATE "Device" SET "seenAt" = CURRENT_TIMESTAMP;
