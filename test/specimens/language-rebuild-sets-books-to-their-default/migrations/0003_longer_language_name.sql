CREATE TABLE "new__catalog_language" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(8) NOT NULL UNIQUE, "name" varchar(120) NOT NULL, "rtl" bool NOT NULL DEFAULT 0);
INSERT INTO "new__catalog_language" ("id", "code", "name", "rtl") SELECT "id", "code", "name", "rtl" FROM "catalog_language";
DROP TABLE "catalog_language";
ALTER TABLE "new__catalog_language" RENAME TO "catalog_language";
