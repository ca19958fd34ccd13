UPDATE devices SET config = json_set(config, '$.network', json(network));
ALTER TABLE devices DROP COLUMN network;
