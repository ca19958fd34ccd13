CREATE TABLE catches_north (species TEXT NOT NULL, kilos INTEGER NOT NULL, landed_on TEXT NOT NULL);
CREATE TABLE catches_south (species TEXT NOT NULL, kilos INTEGER NOT NULL, landed_on TEXT NOT NULL);
