CREATE TABLE stations (code TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL);
INSERT INTO stations (code, name) VALUES ('CEN', 'Central'), ('HAR', 'Harbor');
