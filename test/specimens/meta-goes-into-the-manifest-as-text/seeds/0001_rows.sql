INSERT INTO plugins (id, name, meta) VALUES (1, 'spellcheck', '{"lang": "pt"}');
