INSERT INTO orders (id, customer) VALUES (1, 'Juno');
INSERT INTO "order lines" (id, "order", article, quantity, engraving, "gift note") VALUES (1, 1, 'thimble', 2, 'For M.', 'Happy birthday');
