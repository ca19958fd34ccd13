INSERT INTO tickets (id, holder, state, sold_at) VALUES (1, 'Ada', 'open', '2024-05-01 10:00:00');
