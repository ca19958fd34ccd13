INSERT INTO orders (id, reference, data) VALUES
  (1, 'A-1', '{"total": 4200}'),
  (2, 'A-2', 'paid in cash, see the book');
