INSERT INTO "Shop" ("id", "name") VALUES ('s1', 'Wool'), ('s2', 'Tea');
INSERT INTO "Voucher" ("id", "shopId", "code") VALUES ('v1', 's1', 'SPRING'), ('v2', 's2', 'SPRING');
