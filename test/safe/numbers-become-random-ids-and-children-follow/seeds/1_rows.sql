insert into surveyors (id, name) values ('1', 'Haru'), ('2', 'Ngozi');
insert into sketches (id, surveyor_id, sheet) values (1, '2', 'C4'), (2, '2', 'C5');
