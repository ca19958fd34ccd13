INSERT INTO calls (id, title) VALUES (1, 'Spring residency');
INSERT INTO proposals (id, call_id, pitch, verdict) VALUES (1, 1, 'A garden of radios', NULL), (2, 1, 'Paper boats', 'accepted');
