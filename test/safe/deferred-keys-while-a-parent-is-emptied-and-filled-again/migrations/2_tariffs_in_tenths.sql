create temp table old_tariffs as select code, cents from tariffs;
delete from tariffs;
insert into tariffs (code, cents) select code, cents * 10 from old_tariffs;
drop table old_tariffs;
