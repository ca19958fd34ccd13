-- CreateTable
CREATE TABLE "Donor" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL);

-- CreateTable
CREATE TABLE "Address" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "donorId" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    CONSTRAINT "Address_donorId_fkey" FOREIGN KEY ("donorId") REFERENCES "Donor" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Donation" (
    "donorId" TEXT NOT NULL,
    "receivedOn" TEXT NOT NULL,
    "cents" INTEGER NOT NULL,
    CONSTRAINT "Donation_donorId_fkey" FOREIGN KEY ("donorId") REFERENCES "Donor" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
