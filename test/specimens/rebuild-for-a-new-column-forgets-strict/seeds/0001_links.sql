INSERT INTO short_links (id, target) VALUES ('abc', 'https://example.org/');
