CREATE TABLE berths_new (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  short_name TEXT NOT NULL,
  harbour_id INTEGER NOT NULL REFERENCES harbours (id)
);
INSERT INTO berths_new SELECT id, name, note, short_name, harbour_id FROM berths;
DROP TABLE berths;
ALTER TABLE berths_new RENAME TO berths;
