INSERT INTO tickets VALUES (1,'Login','open'),(2,'Spam','rejected'),(3,'Refund','closed');
