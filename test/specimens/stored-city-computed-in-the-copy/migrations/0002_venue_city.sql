CREATE TABLE venues_new (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  address TEXT,
  city TEXT GENERATED ALWAYS AS (json_extract(address, '$.city')) STORED
);
INSERT INTO venues_new (id, name, address) SELECT id, name, address FROM venues;
DROP TABLE venues;
ALTER TABLE venues_new RENAME TO venues;
