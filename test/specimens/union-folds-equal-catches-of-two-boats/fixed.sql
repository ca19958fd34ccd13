CREATE TABLE landings (id INTEGER PRIMARY KEY, species TEXT NOT NULL, kilos INTEGER NOT NULL, landed_on TEXT NOT NULL);
INSERT INTO landings (species, kilos, landed_on)
SELECT species, kilos, landed_on FROM catches_north
UNION ALL
SELECT species, kilos, landed_on FROM catches_south;
DROP TABLE catches_north;
DROP TABLE catches_south;
