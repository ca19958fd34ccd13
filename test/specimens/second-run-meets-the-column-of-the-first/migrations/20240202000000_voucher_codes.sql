-- AlterTable
ALTER TABLE "Voucher" ADD COLUMN "redeemedAt" DATETIME;

-- CreateIndex
CREATE UNIQUE INDEX "Voucher_code_key" ON "Voucher"("code");
