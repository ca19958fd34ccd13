DELETE FROM previews;
ALTER TABLE previews DROP COLUMN body;
ALTER TABLE previews ADD COLUMN body BLOB;
ALTER TABLE previews ADD COLUMN body_path TEXT;
