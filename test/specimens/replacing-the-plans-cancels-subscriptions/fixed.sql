ALTER TABLE plans ADD COLUMN seats INTEGER NOT NULL DEFAULT 1;
INSERT INTO plans (slug, title, cents, seats) VALUES
  ('free', 'Free', 0, 1),
  ('choir', 'Choir', 1100, 40),
  ('festival', 'Festival', 9900, 400)
ON CONFLICT (slug) DO UPDATE SET title = excluded.title, cents = excluded.cents, seats = excluded.seats;
