CREATE TABLE rota_days (team TEXT, day TEXT NOT NULL, person TEXT NOT NULL);
INSERT INTO rota_days SELECT team, day, person FROM rota GROUP BY 1, 2, 3;
DROP TABLE rota;
ALTER TABLE rota_days RENAME TO rota;
