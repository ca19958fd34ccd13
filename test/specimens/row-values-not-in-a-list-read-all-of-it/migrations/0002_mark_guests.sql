ALTER TABLE newsletter ADD COLUMN is_guest INTEGER NOT NULL DEFAULT 0;

UPDATE newsletter SET is_guest = 1
WHERE (club, email) NOT IN (SELECT club, email FROM members);
