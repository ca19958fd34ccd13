CREATE TABLE court_bookings_new (
  id INTEGER PRIMARY KEY,
  court_id INTEGER NOT NULL REFERENCES courts (id),
  slot TEXT NOT NULL,
  booked_by TEXT NOT NULL,
  UNIQUE (court_id, slot)
);
INSERT OR REPLACE INTO court_bookings_new (id, court_id, slot, booked_by) SELECT id, court_id, slot, booked_by FROM court_bookings;
DROP TABLE court_bookings;
ALTER TABLE court_bookings_new RENAME TO court_bookings;
