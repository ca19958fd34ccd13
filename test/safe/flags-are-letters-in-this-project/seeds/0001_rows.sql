INSERT INTO stalls (id, covered) VALUES (1, 't'), (2, 'f');
