INSERT INTO doctors (id, name, room) VALUES (1, 'Okafor', '2b'), (2, 'Lind', NULL);
INSERT INTO visits (id, doctor_id, starts_at) VALUES (1, 1, '2026-03-04T09:00Z'), (2, 2, '2026-03-04T10:00Z');
INSERT INTO visit_notes (visit_id, body) VALUES (2, 'came late');
