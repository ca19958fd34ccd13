INSERT INTO options VALUES ('SENDER', 'ida@example.org', '2024-05-01 10:00:00'), ('TITLE', 'Quay', '2024-05-01 10:00:00');
