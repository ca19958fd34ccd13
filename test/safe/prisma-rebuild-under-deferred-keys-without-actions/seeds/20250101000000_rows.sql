INSERT INTO "Brand" ("id", "name") VALUES ('b1', 'Passo');
INSERT INTO "Shoe" ("id", "brandId") VALUES ('s1', 'b1');
