INSERT INTO "time zones" (code, "offset") VALUES ('EET', 120), ('WET', 0);
INSERT INTO offices (id, zone) VALUES (1, 'EET');
