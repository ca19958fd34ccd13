INSERT INTO squads VALUES (1, 'red', 'Reds');
INSERT INTO teams VALUES (1, 'reds', 'Reds');
