INSERT INTO invoices (number, title) VALUES ('R-opening', 'Opening balance') ON CONFLICT DO NOTHING;
