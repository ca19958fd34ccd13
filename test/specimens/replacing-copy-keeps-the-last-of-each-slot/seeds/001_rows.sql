INSERT INTO courts (id, surface) VALUES (1, 'clay');
INSERT INTO court_bookings (id, court_id, slot, booked_by) VALUES (1, 1, '2026-07-01T18:00', 'Ada'), (2, 1, '2026-07-01T18:00', 'Bo');
