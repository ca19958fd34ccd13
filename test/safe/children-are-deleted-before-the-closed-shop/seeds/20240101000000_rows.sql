INSERT INTO "Shop" ("id", "closed") VALUES (1, false), (2, true);
INSERT INTO "Shelf" ("id", "shopId") VALUES (1, 1), (2, 2);
