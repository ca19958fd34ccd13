CREATE TABLE bookings_new (
  id INTEGER PRIMARY KEY,
  nights INTEGER NOT NULL DEFAULT (1),
  state TEXT NOT NULL DEFAULT 'new',
  remark TEXT,
  channel TEXT DEFAULT 'desk',
  guest TEXT
);
INSERT INTO bookings_new (id, nights, state, remark, channel) SELECT id, nights, state, remark, channel FROM bookings;
DROP TABLE bookings;
ALTER TABLE bookings_new RENAME TO bookings;
