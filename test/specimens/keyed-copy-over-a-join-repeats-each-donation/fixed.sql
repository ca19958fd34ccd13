-- RedefineTables
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Donation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "donorId" TEXT NOT NULL,
    "receivedOn" TEXT NOT NULL,
    "cents" INTEGER NOT NULL,
    "city" TEXT,
    CONSTRAINT "Donation_donorId_fkey" FOREIGN KEY ("donorId") REFERENCES "Donor" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "Address_donorId_idx" ON "Address" ("donorId");
INSERT INTO "new_Donation" ("donorId", "receivedOn", "cents", "city") SELECT "donorId", "receivedOn", "cents", (SELECT "city" FROM "Address" WHERE "Address"."donorId" = "Donation"."donorId" ORDER BY "id" LIMIT 1) FROM "Donation";
DROP TABLE "Donation";
ALTER TABLE "new_Donation" RENAME TO "Donation";
PRAGMA foreign_keys=ON;
