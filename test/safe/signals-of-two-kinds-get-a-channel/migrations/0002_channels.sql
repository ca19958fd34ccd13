UPDATE signals SET channel = CASE WHEN kind = 4 THEN 10 WHEN kind = 5 THEN 20 END;
CREATE TABLE signals_new (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  strength INTEGER NOT NULL,
  channel INTEGER NOT NULL
);
INSERT INTO signals_new (id, kind, strength, channel) SELECT id, kind, strength, channel FROM signals;
DROP TABLE signals;
ALTER TABLE signals_new RENAME TO signals;
