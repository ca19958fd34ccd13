INSERT INTO wells (id, depth) VALUES (1, 40.5);
INSERT INTO levels (id, well_id, metres) VALUES (1, 1, 12.25);
CREATE VIEW "my levels" AS SELECT well, metres FROM levels_of_2019;
CREATE VIEW "lowest levels" AS SELECT well_id, min(metres) AS metres FROM levels GROUP BY well_id;
