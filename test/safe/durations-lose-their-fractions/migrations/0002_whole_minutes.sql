CREATE TABLE rides_next (
  id INTEGER PRIMARY KEY,
  minutes INTEGER NOT NULL
);
INSERT INTO rides_next (id, minutes) SELECT id, CAST(minutes AS INTEGER) FROM rides;
DROP TABLE rides;
ALTER TABLE rides_next RENAME TO rides;
