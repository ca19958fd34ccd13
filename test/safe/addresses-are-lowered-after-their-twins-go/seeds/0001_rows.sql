INSERT INTO subscribers VALUES (1, 'Ana@example.org', '2022-05-01'), (2, 'ana@example.org', '2023-05-01');
