CREATE TABLE "forum_topic" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(80) NOT NULL, "parent_id" bigint NULL REFERENCES "forum_topic" ("id") ON DELETE CASCADE);
CREATE TABLE "forum_subscription" ("user" varchar(40) NOT NULL, "topic_id" bigint NOT NULL REFERENCES "forum_topic" ("id") ON DELETE CASCADE);
