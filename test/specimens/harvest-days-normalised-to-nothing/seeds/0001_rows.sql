INSERT INTO harvests (id, crop, day) VALUES (1, 'Plums', '2025-08-30'), (2, 'Quinces', '12.10.2025');
