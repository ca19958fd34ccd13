INSERT INTO players VALUES (1, 'Ida'), (2, 'Jon');
