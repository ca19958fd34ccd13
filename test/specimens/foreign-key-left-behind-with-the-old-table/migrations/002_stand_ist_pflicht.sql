CREATE TABLE t_messung_neu (
  messung_id INTEGER PRIMARY KEY AUTOINCREMENT,
  pegel_id INTEGER NOT NULL,
  stand_cm INTEGER NOT NULL DEFAULT 0,
  gemessen_um TEXT NOT NULL
);
INSERT INTO t_messung_neu (messung_id, pegel_id, stand_cm, gemessen_um)
  SELECT messung_id, pegel_id, COALESCE(stand_cm, 0), gemessen_um FROM t_messung ORDER BY messung_id;
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 't_messung') WHERE name = 't_messung_neu';
DROP TABLE t_messung;
ALTER TABLE t_messung_neu RENAME TO t_messung;
