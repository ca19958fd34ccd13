ALTER TABLE notes ADD COLUMN boat_id INTEGER;
ALTER TABLE notes ADD COLUMN crew_id INTEGER;
UPDATE notes SET boat_id = owner_id WHERE owner_kind = 'boat';
UPDATE notes SET crew_id = owner_id + 0 WHERE owner_kind = 'crew';
ALTER TABLE notes DROP COLUMN owner_id;
