ALTER TABLE "catalog_language" ADD COLUMN "rtl" bool NOT NULL DEFAULT 0;
