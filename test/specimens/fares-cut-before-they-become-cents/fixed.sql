CREATE TABLE routes_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fare_cents INTEGER NOT NULL);
INSERT INTO routes_new (id, name, fare_cents) SELECT id, name, CAST(round(fare * 100) AS INTEGER) FROM routes;
DROP TABLE routes;
ALTER TABLE routes_new RENAME TO routes;
