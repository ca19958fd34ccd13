UPDATE posts SET status = 'live' WHERE published = 'true';
ALTER TABLE posts DROP COLUMN published;
