INSERT INTO messages (id, kind, body) VALUES (1, 'letter', 'Dear all'), (2, 'call', 'Rang twice');
