INSERT INTO events (id, title) VALUES (1, 'Choir');
INSERT INTO signups (id, event_id, email) VALUES (1, 1, 'a@example.org'), (2, 1, 'b@example.org');
