-- CreateTable
CREATE TABLE "Brand" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL);

-- CreateTable
CREATE TABLE "Shoe" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "brandId" TEXT NOT NULL,
    CONSTRAINT "Shoe_brandId_fkey" FOREIGN KEY ("brandId") REFERENCES "Brand" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
