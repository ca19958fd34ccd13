CREATE TABLE depots_typed (
  id TEXT PRIMARY KEY,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  gates INTEGER NOT NULL
);
INSERT INTO depots_typed SELECT id, street, postcode, CAST(gates AS INTEGER) FROM depots;
DROP TABLE depots;
ALTER TABLE depots_typed RENAME TO depots;
