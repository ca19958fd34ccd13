INSERT OR IGNORE INTO tags (name) SELECT tag FROM post_tags;
DROP TABLE post_tags;
