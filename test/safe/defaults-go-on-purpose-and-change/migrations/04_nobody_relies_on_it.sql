CREATE TABLE bookings_new (
  id INTEGER PRIMARY KEY,
  nights INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'new',
  remark TEXT,
  channel TEXT,
  guest TEXT,
  rate INTEGER
);
INSERT INTO bookings_new (id, nights, state, remark, channel, guest, rate)
  SELECT id, nights, state, remark, channel, guest, rate FROM bookings;
DROP TABLE bookings;
ALTER TABLE bookings_new RENAME TO bookings;
