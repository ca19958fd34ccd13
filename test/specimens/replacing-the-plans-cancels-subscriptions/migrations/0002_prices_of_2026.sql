ALTER TABLE plans ADD COLUMN seats INTEGER NOT NULL DEFAULT 1;
INSERT OR REPLACE INTO plans (slug, title, cents, seats) VALUES
  ('free', 'Free', 0, 1),
  ('choir', 'Choir', 1100, 40),
  ('festival', 'Festival', 9900, 400);
