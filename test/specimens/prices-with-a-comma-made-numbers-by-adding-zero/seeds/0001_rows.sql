INSERT INTO fares (id, line, price) VALUES (1, 'U3', '2.50'), (2, 'Ferry', '4,80');
