INSERT INTO orchard (id, name) VALUES (1, 'South slope');
INSERT INTO orchard_tree (id, orchard_id, variety, planted_on, rootstock, grafts) VALUES (1, 1, 'Boskoop', '2019-11-04', 'M26', 2);
