INSERT INTO topics (slug, title) VALUES ('talk', 'General discussion');
