INSERT INTO leaves VALUES ('root', 'Root'), ('n1', 'Notes');
INSERT INTO twigs VALUES ('t1', 'n1', 'root', 1), ('t2', 'n1', 'root', 0);
