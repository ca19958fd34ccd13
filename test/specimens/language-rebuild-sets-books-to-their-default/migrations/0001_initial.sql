CREATE TABLE "catalog_language" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(8) NOT NULL UNIQUE, "name" varchar(60) NOT NULL);
CREATE TABLE "catalog_book" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "language_id" bigint DEFAULT NULL REFERENCES "catalog_language" ("id") ON DELETE SET DEFAULT);
CREATE INDEX "catalog_book_language_id_5d1c" ON "catalog_book" ("language_id");
