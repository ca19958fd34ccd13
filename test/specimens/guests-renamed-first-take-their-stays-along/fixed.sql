-- rowproof: foreign_keys=off
create table guests_new (
  id integer primary key,
  full_name text,
  loyalty_no text,
  language text not null default 'en'
);
insert into guests_new (id, full_name, loyalty_no, language) select id, full_name, loyalty_no, language from guests;
drop table guests;
alter table guests_new rename to guests;
