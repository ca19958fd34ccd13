INSERT INTO entries VALUES (1, '2024-01-01', 'a'), (4, '2024-01-02', 'b');
