DELETE FROM "Shelf" WHERE "shopId" IN (SELECT "id" FROM "Shop" WHERE "closed");
DELETE FROM "Shop" WHERE "closed";
ALTER TABLE "Shop" DROP COLUMN "closed";
