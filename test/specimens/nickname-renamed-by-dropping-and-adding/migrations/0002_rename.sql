ALTER TABLE members ADD COLUMN display_name TEXT;
ALTER TABLE members DROP COLUMN nickname;
