alter table guests rename to guests_old;
create table guests (
  id integer primary key,
  full_name text,
  loyalty_no text,
  language text not null default 'en'
);
insert into guests (id, full_name, loyalty_no, language) select id, full_name, loyalty_no, language from guests_old;
drop table guests_old;
