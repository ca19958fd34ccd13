INSERT INTO billing_payer (id, name) VALUES (1, 'Tram depot');
INSERT INTO billing_invoice (id, payer_id, amount, due, settled) VALUES (1, 1, 120.5, '2026-02-01', 0);
