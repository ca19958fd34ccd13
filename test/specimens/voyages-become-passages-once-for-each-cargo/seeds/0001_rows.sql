INSERT INTO voyages (id, vessel, sailed_on) VALUES (1, 'Marta', '2024-05-02');
INSERT INTO cargoes (id, voyage_id, goods, tonnes) VALUES (1, 1, 'timber', 40), (2, 1, 'salt', 15);
