INSERT INTO tides (id, high_at) VALUES (1, '2025-03-04 10:20:30');
