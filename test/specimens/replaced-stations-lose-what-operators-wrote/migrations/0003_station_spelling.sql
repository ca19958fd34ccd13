INSERT OR REPLACE INTO stations (code, name) VALUES ('CEN', 'Central'), ('HAR', 'Harbour');
