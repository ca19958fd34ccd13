insert into recipes values (1, 'Pea soup', 4);
insert into ingredients values (1, 1, 'peas', 500), (2, 1, 'salt', 'a pinch');
