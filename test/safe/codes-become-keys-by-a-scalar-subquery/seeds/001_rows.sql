INSERT INTO quarries (id, code) VALUES (41, 'N'), (42, 'S');
INSERT INTO blasts (id, quarry, tonnes) VALUES (1, 'S', 12.5);
