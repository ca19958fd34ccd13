CREATE TABLE "wiki_space" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(50) NOT NULL UNIQUE);
CREATE TABLE "wiki_page" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "space_id" bigint NOT NULL REFERENCES "wiki_space" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "wiki_page_space_id_77aa" ON "wiki_page" ("space_id");
