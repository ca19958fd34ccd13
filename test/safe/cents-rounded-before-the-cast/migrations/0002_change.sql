ALTER TABLE prices ADD COLUMN amount_cents INTEGER NOT NULL DEFAULT 0;
UPDATE prices SET amount_cents = CAST(round(amount * 100) AS INTEGER);
ALTER TABLE prices DROP COLUMN amount;
