INSERT INTO invoices VALUES (1, 'R-1', 'Lamp'), (3, 'R-3', 'Chair');
