INSERT INTO tags(name,colour,deleted) VALUES ('Urgent','red',0),('urgent','blue',1);
