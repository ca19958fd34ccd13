INSERT INTO workspaces (id, owner_id, name) SELECT 'ws_' || id, id, 'Personal' FROM users;
