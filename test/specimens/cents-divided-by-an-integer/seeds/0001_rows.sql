INSERT INTO payouts VALUES (1,'Ro',1999),(2,'Su',500);
