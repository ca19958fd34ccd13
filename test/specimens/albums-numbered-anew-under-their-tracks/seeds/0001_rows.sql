INSERT INTO albums VALUES (1,'A'),(3,'C'),(4,'D');
INSERT INTO tracks VALUES (1,3,'t'),(2,4,'u');
