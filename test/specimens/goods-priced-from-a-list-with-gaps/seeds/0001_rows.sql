INSERT INTO price_lists VALUES ('a', 100), ('b', NULL);
INSERT INTO goods VALUES (1, 'a', 90), (2, 'b', 80);
