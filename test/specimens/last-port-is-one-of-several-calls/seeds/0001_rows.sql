INSERT INTO vessels VALUES (1,'Ebb');
INSERT INTO positions VALUES (1,1,'Hull','2024-05-01'),(2,1,'Leith','2024-03-01');
