INSERT INTO widgets VALUES (1,'{"layout":{"w":3,"h":2}}');
