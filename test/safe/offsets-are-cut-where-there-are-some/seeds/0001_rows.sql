INSERT INTO parcels VALUES (1, 'Rossi ', '2024-03-01 09:15:00'), (2, 'Okafor', '2024-03-02 10:00:00 +0100');
