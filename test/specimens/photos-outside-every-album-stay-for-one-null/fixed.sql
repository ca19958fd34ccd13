ALTER TABLE albums ADD COLUMN sorted INTEGER NOT NULL DEFAULT 0;
DELETE FROM photos WHERE id NOT IN (SELECT cover_photo_id FROM albums WHERE cover_photo_id IS NOT NULL);
