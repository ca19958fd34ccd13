INSERT INTO "Club" ("id", "name") VALUES (1, 'Rowing');
INSERT INTO "Member" ("id", "clubId", "email") VALUES (1, 1, 'ines@example.org'), (2, 1, 'ines@example.org');
