INSERT INTO tracks VALUES (1,'Dust','Ambient'),(2,'Reel','folk '),(3,'Hum','ambient');
