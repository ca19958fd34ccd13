insert into tariffs (code, cents) values ('day', 31), ('night', 22);
insert into meters (serial, tariff) values ('m-1', 'night');
