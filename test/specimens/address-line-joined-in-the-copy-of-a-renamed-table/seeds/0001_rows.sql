INSERT INTO visitors (id, street, town) VALUES (1, 'Quay 3', 'Leer'), (2, NULL, 'Emden');
