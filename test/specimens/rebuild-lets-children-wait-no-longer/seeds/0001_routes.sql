INSERT INTO routes VALUES (1, 'Ring');
INSERT INTO stops VALUES (1, 1, 'Harbour');
