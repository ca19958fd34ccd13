INSERT INTO plans VALUES (1,'Base');
INSERT INTO steps VALUES (1,1,'{"km":5}'),(2,1,'{"km":8}');
