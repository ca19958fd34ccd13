INSERT INTO painters VALUES (7, 'Ida'), (9, 'Jon');
INSERT INTO walls VALUES (1, 'North gate', 9, NULL), (2, 'Mill', 7, 9);
