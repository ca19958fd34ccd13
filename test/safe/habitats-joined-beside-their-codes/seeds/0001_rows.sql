INSERT INTO habitats VALUES (1,'MARSH'),(2,'FEN');
INSERT INTO species VALUES (1,'Rana','MARSH'),(2,'Bufo','Fen'),(3,'Natrix',NULL);
