-- AlterTable
ALTER TABLE "Folder" ADD COLUMN "position" INTEGER;
