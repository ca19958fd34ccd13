INSERT INTO tickets (id, title, closed) VALUES (1, 'No light', 1), (2, NULL, 1), (3, NULL, 0);
