INSERT INTO tickets (id, subject, state, closed_at, closed_by) VALUES
  (1, 'Lamp flickers', 'open', NULL, NULL), (2, 'Door sticks', 'closed', '2025-02-03T10:00:00Z', 'Ada');
