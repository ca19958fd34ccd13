DROP TABLE "wiki_space";
CREATE TABLE "new__wiki_page" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL);
INSERT INTO "new__wiki_page" ("id", "title") SELECT "id", "title" FROM "wiki_page";
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'wiki_page') WHERE name = 'new__wiki_page';
DROP TABLE "wiki_page";
ALTER TABLE "new__wiki_page" RENAME TO "wiki_page";
