CREATE TABLE gates_next (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL,
  weight REAL NOT NULL
);
INSERT INTO gates_next SELECT id, ifnull(CAST(number AS INTEGER), 0), CAST(weight AS REAL) FROM gates;
DROP TABLE gates;
ALTER TABLE gates_next RENAME TO gates;
