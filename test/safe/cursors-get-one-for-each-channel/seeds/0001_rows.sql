INSERT INTO cursors VALUES ('a', 1, 40), ('b', 2, 7);
