INSERT INTO bookings (id, nights, state, remark, channel) VALUES (1, 2, 'asked', NULL, 'web'), (2, 1, 'paid', 'late', 'desk');
