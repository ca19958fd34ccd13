CREATE TABLE extensions_typed (
  id INTEGER PRIMARY KEY,
  desk_id INTEGER NOT NULL REFERENCES desks (id),
  dial STRING NOT NULL
);
INSERT INTO extensions_typed SELECT id, desk_id, dial FROM extensions;
DROP TABLE extensions;
ALTER TABLE extensions_typed RENAME TO extensions;
