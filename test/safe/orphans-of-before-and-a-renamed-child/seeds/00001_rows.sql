INSERT INTO depots (id, town) VALUES (1, 'Oulu');
INSERT INTO pallets (id, depot_id, goods) VALUES (1, 1, 'paper');
PRAGMA foreign_keys = OFF;
INSERT INTO pallets (id, depot_id, goods) VALUES (2, 77, 'tar');
