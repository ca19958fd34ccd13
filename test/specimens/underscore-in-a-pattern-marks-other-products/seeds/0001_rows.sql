INSERT INTO products (id, number) VALUES (1, 'SV_100'), (2, 'SVALBARD-7'), (3, 'TX_200');
