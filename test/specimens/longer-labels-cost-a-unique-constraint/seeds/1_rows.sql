INSERT INTO floors (id, plan) VALUES (1, 'g.svg');
INSERT INTO beacons (major, minor, floor_id, label) VALUES (1, 1, 1, 'door');
