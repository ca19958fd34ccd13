ALTER TABLE newsletter ADD COLUMN is_guest INTEGER NOT NULL DEFAULT 0;

UPDATE newsletter SET is_guest = 1
WHERE NOT EXISTS (
  SELECT 1 FROM members WHERE members.club = newsletter.club AND members.email = newsletter.email
);
