INSERT INTO bookings VALUES ('a1-b2', '2026-04-01T08:00:00Z'), ('c3-d4', '2026-04-02T08:00:00Z');
INSERT INTO crossings VALUES (x'01', 'north', 'a1-b2', 12), (x'02', 'south', 'c3-d4', 15), (x'03', 'south', NULL, 9);
