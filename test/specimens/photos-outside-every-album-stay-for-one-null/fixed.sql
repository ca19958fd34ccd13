ALTER TABLE albums ADD COLUMN sorted INTEGER NOT NULL DEFAULT 0;
-- for the foreign key, which is asked for each photo
CREATE INDEX albums_by_cover ON albums (cover_photo_id);
DELETE FROM photos WHERE id NOT IN (SELECT cover_photo_id FROM albums WHERE cover_photo_id IS NOT NULL);
