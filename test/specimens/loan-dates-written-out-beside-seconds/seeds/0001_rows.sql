INSERT INTO loans (id, reader, due_at) VALUES (1, 'Imke', 1767225600), (2, 'Bo', 1769904000);
