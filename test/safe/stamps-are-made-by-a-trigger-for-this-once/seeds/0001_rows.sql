INSERT INTO parcels (id, weight_g) VALUES (1, 2000), (2, 750);
