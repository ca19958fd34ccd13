INSERT INTO books VALUES (1, 'Dune', NULL), (2, 'Emma', 'c0ffee');
INSERT INTO reads VALUES (1, 1, 10), (2, 2, 20);
