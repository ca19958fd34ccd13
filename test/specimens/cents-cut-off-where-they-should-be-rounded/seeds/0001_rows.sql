INSERT INTO prices VALUES (1,'tea',19.99),(2,'jam',4.5);
