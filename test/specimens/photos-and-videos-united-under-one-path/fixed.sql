CREATE TABLE media AS SELECT 'photo' AS kind, path, taken_at FROM photos UNION SELECT 'video', path, taken_at FROM videos;
CREATE UNIQUE INDEX media_path ON media(kind, path);
