CREATE TABLE doors_new (
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  level INTEGER NOT NULL,
  width INTEGER
);
INSERT INTO doors_new (id, label, level) SELECT id, label, level FROM doors;
DROP TABLE doors;
ALTER TABLE doors_new RENAME TO doors;
