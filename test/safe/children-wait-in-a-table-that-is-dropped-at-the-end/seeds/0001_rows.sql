INSERT INTO forum_topic (id, title, parent_id) VALUES (1, 'News', NULL), (2, 'Old news', 1);
INSERT INTO forum_subscription (user, topic_id) VALUES ('mo', 2), ('mo', 1);
