CREATE TABLE "_kept_topic" AS SELECT * FROM "forum_topic";
CREATE TABLE "_kept_subscription" AS SELECT * FROM "forum_subscription";
DELETE FROM "forum_subscription";
DROP TABLE "forum_topic";
CREATE TABLE "forum_topic" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "parent_id" bigint NULL REFERENCES "forum_topic" ("id") ON DELETE CASCADE);
INSERT INTO "forum_topic" ("id", "title", "parent_id") SELECT "id", "title", "parent_id" FROM "_kept_topic" ORDER BY "parent_id" IS NOT NULL, "id";
INSERT INTO "forum_subscription" ("user", "topic_id") SELECT "user", "topic_id" FROM "_kept_subscription";
DROP TABLE "_kept_topic";
DROP TABLE "_kept_subscription";
