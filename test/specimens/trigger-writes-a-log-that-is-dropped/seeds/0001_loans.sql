INSERT INTO loans (id, book) VALUES (1, 'Moby-Dick');
