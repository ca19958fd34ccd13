INSERT INTO posts VALUES (1,'Moss',1,'draft'),(2,'Fern',0,'draft');
