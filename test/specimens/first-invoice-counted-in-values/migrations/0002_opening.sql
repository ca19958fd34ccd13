INSERT INTO invoices (number, title) VALUES ('R-' || ((SELECT count(*) FROM invoices) + 1), 'Opening balance');
