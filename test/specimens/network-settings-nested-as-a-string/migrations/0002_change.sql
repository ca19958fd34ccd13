UPDATE devices SET config = json_set(config, '$.network', network);
ALTER TABLE devices DROP COLUMN network;
