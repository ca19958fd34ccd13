INSERT INTO guests (id, email, name) VALUES (1, 'ada@example.org', 'Ada King');
INSERT INTO invitations (id, email, name) VALUES (1, 'ada@example.org', 'Ada Lovelace'), (2, 'kit@example.org', 'Kit');
