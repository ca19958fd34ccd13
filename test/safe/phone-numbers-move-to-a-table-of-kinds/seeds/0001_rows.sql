INSERT INTO people (id, phone, fax) VALUES (1, '040-1', NULL), (2, NULL, '040-3');
