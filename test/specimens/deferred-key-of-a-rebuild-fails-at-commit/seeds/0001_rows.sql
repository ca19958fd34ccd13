INSERT INTO readers VALUES ('r1', 'Ito');
INSERT INTO fines (id, card, cents) VALUES (1, 'r1', 40), (2, 'r9', 120);
