INSERT INTO tools (id, name, legacy_code) VALUES (1, 'Saw', 'S-17');
