INSERT INTO books (id, name) VALUES (1, 'Kitchen');
INSERT INTO entries (id, book_id, cents) VALUES (1, 1, 1250), (2, 1, -300);
