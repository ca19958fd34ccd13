INSERT INTO tags (name) VALUES ('sea'), ('fog');
INSERT INTO post_tags (post_id, tag) VALUES (1, 'fog'), (1, 'sea'), (2, 'sea'), (2, 'ice');
