INSERT INTO t_pegel (pegel_id, gewaesser) VALUES (1, 'Isar');
INSERT INTO t_messung (messung_id, pegel_id, stand_cm, gemessen_um) VALUES (1, 1, 143, '2026-01-05T06:00:00Z');
