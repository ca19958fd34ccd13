INSERT INTO photos (id, tags) VALUES (1, '["harbour","fog"]'), (2, '[]');
