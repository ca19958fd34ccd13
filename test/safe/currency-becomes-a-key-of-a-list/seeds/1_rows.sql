INSERT INTO payers (id, name) VALUES (1, 'Lido');
INSERT INTO invoices (id, payer_id) VALUES (1, 1);
