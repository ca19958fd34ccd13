INSERT INTO keepers VALUES (1, 'Ida'), (2, 'Jon');
INSERT INTO sheds VALUES (1, 'North'), (2, 'South');
INSERT INTO addresses VALUES (1, 'Mill Lane', 1, 1, NULL, 1), (2, 'Quay', 0, 1, 1, 2), (3, 'Hill', 1, 2, 2, 2);
