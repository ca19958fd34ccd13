ALTER TABLE court_bookings ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
CREATE INDEX court_bookings_of_slot ON court_bookings (court_id, slot);
UPDATE court_bookings SET waiting = (
  SELECT count(*) FROM court_bookings AS first
  WHERE first.court_id = court_bookings.court_id AND first.slot = court_bookings.slot AND first.id < court_bookings.id
);
DROP INDEX court_bookings_of_slot;
CREATE UNIQUE INDEX court_bookings_queue ON court_bookings (court_id, slot, waiting);
