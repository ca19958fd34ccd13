INSERT INTO workspaces (id, owner_id, name)
SELECT 'ws_' || id, id, 'Personal' FROM users
WHERE NOT EXISTS (SELECT 1 FROM workspaces WHERE owner_id = users.id AND name = 'Personal');
