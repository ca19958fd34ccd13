INSERT INTO players (id, name) VALUES (1, 'Noor');
INSERT INTO instruments (id, player_id, kind) VALUES (1, 1, 'oboe'), (2, 1, 'cor anglais');
INSERT INTO rehearsal_visits (player_id, held_on, minutes) VALUES (1, '2026-02-10', 95);
