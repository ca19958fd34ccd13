ALTER TABLE bookings ADD COLUMN amount TEXT DEFAULT NULL;
UPDATE bookings SET amount = price * quantity, quantity = 0, price = 0 WHERE kind IN ('dividend', 'interest');
UPDATE bookings SET amount = price, quantity = 0, price = 0 WHERE kind = 'split';
CREATE TABLE bookings_new (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  quantity TEXT NOT NULL,
  price TEXT NOT NULL,
  amount TEXT
);
INSERT INTO bookings_new (id, kind, quantity, price, amount)
SELECT id, kind, CAST(quantity AS TEXT), CAST(price AS TEXT), CAST(amount AS TEXT) FROM bookings;
DROP TABLE bookings;
ALTER TABLE bookings_new RENAME TO bookings;
