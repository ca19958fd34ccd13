CREATE TABLE courts (id INTEGER PRIMARY KEY, surface TEXT NOT NULL);
CREATE TABLE court_bookings (
  id INTEGER PRIMARY KEY,
  court_id INTEGER NOT NULL REFERENCES courts (id),
  slot TEXT NOT NULL,
  booked_by TEXT NOT NULL
);
