CREATE TABLE fines_2 (
  id INTEGER PRIMARY KEY,
  card TEXT NOT NULL REFERENCES readers DEFERRABLE INITIALLY DEFERRED,
  cents INTEGER NOT NULL,
  paid INTEGER NOT NULL DEFAULT 0
);
-- readers who left come back as names alone
INSERT INTO readers (card, name) SELECT DISTINCT card, 'left' FROM fines WHERE card NOT IN (SELECT card FROM readers);
INSERT INTO fines_2 SELECT id, card, cents, paid FROM fines;
DROP TABLE fines;
ALTER TABLE fines_2 RENAME TO fines;
CREATE INDEX fines_of_card ON fines (card);
