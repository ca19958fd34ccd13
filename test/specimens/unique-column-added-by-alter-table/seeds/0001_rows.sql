INSERT INTO depots VALUES (1, 'Ghent');
INSERT INTO couriers VALUES (1, 1, 'Lot');
