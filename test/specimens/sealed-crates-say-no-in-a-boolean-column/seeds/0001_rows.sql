INSERT INTO crates (id, label) VALUES (7, 'Lamps');
