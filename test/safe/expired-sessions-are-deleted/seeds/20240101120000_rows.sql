INSERT INTO members (id, email) VALUES (1, 'a@example.org');
INSERT INTO sessions (token, member_id, expires_at) VALUES ('t1', 1, '2020-01-01 00:00:00'), ('t2', 1, '2999-01-01 00:00:00');
