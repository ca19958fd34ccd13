CREATE TABLE "Waste Kinds" (
  "Key" TEXT PRIMARY KEY,
  "Label" TEXT NOT NULL
);
CREATE TABLE "Containers" (
  "No" INTEGER PRIMARY KEY,
  "Kind" TEXT NOT NULL REFERENCES "Waste Kinds" ("Key"),
  "Litres" INTEGER NOT NULL
);
INSERT INTO "Waste Kinds" VALUES ('paper', 'Paper'), ('glass', 'Glass');
