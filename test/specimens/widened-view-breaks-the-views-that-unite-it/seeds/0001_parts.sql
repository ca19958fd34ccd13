INSERT INTO parts (id, label, on_shelf) VALUES (1, 'hinge', 4);
