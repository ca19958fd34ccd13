INSERT INTO brewery (id, name) VALUES (1, 'Old Mill');
INSERT INTO tank (id, brewery_id, label, litres, filled) VALUES (1, 1, 'T1', 2000, 1400);
