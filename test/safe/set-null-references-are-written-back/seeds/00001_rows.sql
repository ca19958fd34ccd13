INSERT INTO garages (id, street) VALUES (1, 'Rua do Almada');
INSERT INTO vans (id, plate, garage_id) VALUES (1, '11-AA-22', 1), (2, '33-BB-44', NULL);
