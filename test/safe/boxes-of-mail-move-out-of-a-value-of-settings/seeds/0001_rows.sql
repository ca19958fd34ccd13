INSERT INTO settings VALUES ('mail:boxes', '[{"id":"ada@example.org","host":"mail.example.org"}]'), ('theme', 'dark');
