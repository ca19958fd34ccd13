INSERT INTO docks VALUES ('d1', 'North');
INSERT INTO parts VALUES ('p1', 'd1', 'fixed', NULL, NULL), ('p2', 'd1', 'floating', 4, 2);
