-- rowproof: foreign_keys=off
ALTER TABLE pallets RENAME TO units;
ALTER TABLE units RENAME COLUMN depot_id TO home_depot_id;
CREATE TABLE depots_rebuilt (id INTEGER PRIMARY KEY, town TEXT NOT NULL, country TEXT NOT NULL DEFAULT 'FI');
INSERT INTO depots_rebuilt (id, town) SELECT id, town FROM depots;
DROP TABLE depots;
ALTER TABLE depots_rebuilt RENAME TO depots;
