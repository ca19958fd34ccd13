INSERT INTO doors VALUES (1, 'north'), (2, 'south');
