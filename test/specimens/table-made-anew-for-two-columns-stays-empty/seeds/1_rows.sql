INSERT INTO podcasts (id, feed_url) VALUES (1, 'https://radio.example/feed.xml');
INSERT INTO podcast_plays (id, podcast_id, played_at) VALUES (1, 1, '2026-02-03T04:05:06Z');
