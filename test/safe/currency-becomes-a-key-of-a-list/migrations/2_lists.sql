CREATE TABLE currencies (code TEXT PRIMARY KEY NOT NULL);
INSERT INTO currencies (code) VALUES ('EUR'), ('CHF');
