INSERT INTO bookings VALUES ('a', 'dividend', 3, 1.5), ('b', 'buy', 10, 2), ('c', 'split', 2, 4), ('d', 'sell', 1, 7.25);
