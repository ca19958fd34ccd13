INSERT INTO exhibits VALUES (1, 'Blue Whale', '2020-01-01'), (2, 'Blue Whale', '2024-01-01');
