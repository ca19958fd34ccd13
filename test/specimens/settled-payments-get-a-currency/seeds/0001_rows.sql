INSERT INTO payments VALUES (1, 'Ann', 500, 'USD', '2024-01-01'), (2, 'Bo', 700, NULL, '2024-01-02'), (3, 'Cy', 900, NULL, NULL);
