INSERT INTO notes (id, owner_kind, owner_id) VALUES (1, 'boat', 7), (2, 'crew', 9);
