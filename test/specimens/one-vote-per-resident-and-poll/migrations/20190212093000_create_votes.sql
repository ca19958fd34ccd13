CREATE TABLE "residents" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar, "created_at" datetime NOT NULL);
CREATE TABLE "polls" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "question" text, "created_at" datetime NOT NULL);
CREATE TABLE "votes" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "resident_id" integer, "poll_id" integer, "choice" varchar, "created_at" datetime NOT NULL);
