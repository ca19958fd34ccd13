INSERT INTO invoices (id, cents) VALUES (1, 4200), (2, 990);
