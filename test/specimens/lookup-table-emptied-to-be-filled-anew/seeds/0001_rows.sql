INSERT INTO "Containers" VALUES (1, 'paper', 240);
