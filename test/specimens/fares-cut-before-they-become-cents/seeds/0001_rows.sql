INSERT INTO routes (id, name, fare) VALUES (1, 'Airport', 4.75), (2, 'Harbour', 2);
