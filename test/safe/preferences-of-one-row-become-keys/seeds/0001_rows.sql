INSERT INTO preferences VALUES (1, 'dark', 'Inter');
INSERT INTO mail_gateway VALUES (1, 'mail.example.org', '2024-05-01 10:00:00');
