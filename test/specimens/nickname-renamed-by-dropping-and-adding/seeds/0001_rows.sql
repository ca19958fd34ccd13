INSERT INTO members VALUES (1, 'Pip', '2021-04-01');
