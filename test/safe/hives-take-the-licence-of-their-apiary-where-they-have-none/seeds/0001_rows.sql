INSERT INTO hives VALUES ('dadant', 'old', 'orchard', NULL, NULL), ('zander', NULL, 'meadow', 'B-17', NULL);
INSERT INTO apiaries VALUES ('east', 'East', 'orchard', NULL, NULL, NULL), ('west', 'West', 'meadow', 'B-20', NULL, NULL);
