INSERT INTO parts (id, label, suffix) VALUES (1, 'Bolt', 'M8'), (2, 'Chain', NULL);
