INSERT INTO members VALUES ('a','A'),('b','B'),('c','C'); DELETE FROM members WHERE email='b';
INSERT INTO badges VALUES (1,'gold'),(3,'silver');
