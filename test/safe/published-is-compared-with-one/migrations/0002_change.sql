UPDATE posts SET status = 'live' WHERE published = 1;
ALTER TABLE posts DROP COLUMN published;
