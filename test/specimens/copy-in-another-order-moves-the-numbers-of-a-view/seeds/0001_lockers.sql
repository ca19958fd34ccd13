INSERT INTO lockers (label, floor) VALUES ('N12', 'north'), ('B7', 'basement'), ('N3', 'north');
INSERT INTO handouts (locker_number, guest) VALUES (1, 'Ines'), (2, 'Oskar');
