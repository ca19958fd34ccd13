INSERT INTO jobs VALUES ('j1','{"type":"mail"}',1);
