INSERT INTO tills (number, place) VALUES (4, 'exit north');
INSERT INTO till_receipts (till_number, cents, day) VALUES (4, 350, '2026-04-02'), (4, 350, '2026-04-02');
