INSERT INTO "residents" VALUES (1, 'Femke', '2019-02-13 12:00:00');
INSERT INTO "polls" VALUES (1, 'Trees or benches?', '2019-02-13 12:00:00');
INSERT INTO "votes" VALUES (1, 1, 1, 'trees', '2019-02-14 09:00:00'), (2, 1, 1, 'trees', '2019-02-14 09:00:01');
