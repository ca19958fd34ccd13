ALTER TABLE court_bookings ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
UPDATE court_bookings SET waiting = (
  SELECT count(*) FROM court_bookings AS first
  WHERE first.court_id = court_bookings.court_id AND first.slot = court_bookings.slot AND first.id < court_bookings.id
);
CREATE UNIQUE INDEX court_bookings_queue ON court_bookings (court_id, slot, waiting);
