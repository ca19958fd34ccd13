CREATE TABLE media AS SELECT path, taken_at FROM photos UNION SELECT path, taken_at FROM videos;
CREATE UNIQUE INDEX media_path ON media(path);
