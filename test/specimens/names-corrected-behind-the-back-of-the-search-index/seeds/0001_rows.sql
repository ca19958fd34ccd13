INSERT INTO plants (id, name) VALUES (1, 'Salvia'), (2, 'Melissa');
