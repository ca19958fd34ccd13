INSERT INTO berths VALUES (7, 'north', 900);
INSERT INTO leases VALUES (1, 7, 'Okafor', '2020-04-01', NULL), (2, 7, 'Brandt', '2021-04-01', NULL);
