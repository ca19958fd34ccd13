INSERT INTO docks VALUES (1,'A',1),(3,'C',1);
