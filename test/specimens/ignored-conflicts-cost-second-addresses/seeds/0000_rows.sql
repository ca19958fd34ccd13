INSERT INTO lists (id, title) VALUES ('l1', 'Opening nights');
INSERT INTO recipients (id, list_id, email, name) VALUES ('r1', 'l1', 'two@house.example', 'Ola'), ('r2', 'l1', 'two@house.example', 'Per');
