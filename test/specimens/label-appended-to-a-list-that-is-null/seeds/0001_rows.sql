INSERT INTO jars VALUES (1, 'plum', NULL), (2, 'fig', '["sweet"]');
