INSERT INTO catches_north (species, kilos, landed_on) VALUES ('herring', 120, '2024-03-01');
INSERT INTO catches_south (species, kilos, landed_on) VALUES ('herring', 120, '2024-03-01'), ('plaice', 8, '2024-03-01');
