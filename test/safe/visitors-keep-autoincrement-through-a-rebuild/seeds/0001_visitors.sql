INSERT INTO visitors (id, name) VALUES (1, 'Ane'), (4, 'Bo');
