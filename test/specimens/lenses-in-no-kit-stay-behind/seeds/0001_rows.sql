INSERT INTO kits (id, label) VALUES (1, 'Interviews');
INSERT INTO lenses (id, mount, focal_length) VALUES (1, 'PL', 35), (2, 'PL', 85);
INSERT INTO kit_lenses (kit_id, lens_id) VALUES (1, 1);
