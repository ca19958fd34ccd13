CREATE TABLE stops_new (
  id INTEGER PRIMARY KEY,
  route_id INTEGER NOT NULL REFERENCES routes(id) DEFERRABLE INITIALLY DEFERRED,
  place TEXT NOT NULL,
  shelter INTEGER NOT NULL DEFAULT 0
);
INSERT INTO stops_new (id, route_id, place) SELECT id, route_id, place FROM stops;
DROP TABLE stops;
ALTER TABLE stops_new RENAME TO stops;
