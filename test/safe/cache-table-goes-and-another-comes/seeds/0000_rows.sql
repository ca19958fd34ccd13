INSERT INTO accounts (id, email) VALUES ('a1', 'x@example.org');
INSERT INTO avatar_cache (account_id, png) VALUES ('a1', x'89504e47');
