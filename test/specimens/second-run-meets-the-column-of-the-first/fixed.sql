-- CreateIndex
CREATE UNIQUE INDEX "Voucher_shopId_code_id_key" ON "Voucher"("shopId", "code", "id");

-- AlterTable
ALTER TABLE "Voucher" ADD COLUMN "redeemedAt" DATETIME;
