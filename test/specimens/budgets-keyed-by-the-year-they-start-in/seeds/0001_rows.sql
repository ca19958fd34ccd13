INSERT INTO budgets VALUES (1,'it','2024-01-01',1),(2,'it','2024-07-01',2);
