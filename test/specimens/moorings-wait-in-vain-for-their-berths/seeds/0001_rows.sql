INSERT INTO piers (id, name) VALUES (1, 'West');
INSERT INTO berths (id, pier_id, length_m, rented_by) VALUES (1, 1, 9.5, 'Okafor');
